import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SERVICE } from '../../../../src/api/kind.js';
import type { Labels } from '../../../../src/api/labels.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import type { Pod } from '../../../../src/api/pod.js';
import type { Service, ServiceSpec } from '../../../../src/api/service.js';
import { ServiceMembers } from '../../../../src/spokes/controllers/endpointslice/service-members.js';
import { samplePod } from '../../../unit/controllers/sample-pod.js';
import { ToldCache } from '../told-cache.js';
import { PlainMembers } from './plain-members.js';

const NAMESPACES = ['default', 'shop'];
const LABELS: readonly Labels[] = [{ app: 'a' }, { app: 'a', tier: 'web' }, { app: 'b', tier: 'web' }, {}];
const SELECTORS: readonly (Labels | undefined)[] = [
  { app: 'a' },
  { tier: 'web', app: 'b' },
  { tier: 'web' },
  {},
  undefined,
];
const MOVES = [
  'pod',
  'pod',
  'pod',
  'label',
  'report',
  'pod gone',
  'service',
  'select',
  'type',
  'service gone',
] as const;

const move = fc.record({ what: fc.constantFrom(...MOVES), id: fc.nat(7), choice: fc.nat(11) });
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

class World {
  readonly services: ToldCache<Service>;
  readonly pods: ToldCache<Pod>;
  readonly members: ServiceMembers;
  readonly plain: PlainMembers;
  readonly told: string[];

  constructor() {
    this.services = new ToldCache();
    this.pods = new ToldCache();
    this.told = [];
    this.members = new ServiceMembers(this.services.informer, this.pods.informer);
    this.plain = new PlainMembers(this.services, this.pods);
    this.members.addKeeper({
      touched: (id) => this.told.push(`touched ${id}`),
      memberChanged: (id, { pod }) => this.told.push(`${pod.id} of ${id}`),
      memberGone: (id, podId) => this.told.push(`${podId} gone from ${id}`),
      serviceDeleted: ({ id }) => this.told.push(`service ${id} gone`),
    });
  }

  apply({ what, id, choice }: Move): void {
    const pod = this.pods.cache.byId(id);
    const service = this.services.cache.byId(id % 5);
    const labels = LABELS[choice % LABELS.length]!;
    const namespace = NAMESPACES[id % 2]!;
    if (what === 'pod' && pod === undefined)
      this.pods.put(samplePod(`p${id}`, { id, meta: { namespace, labels }, status: { ready: choice > 5 } }));
    else if (pod !== undefined && what === 'label') this.pods.put(pod.withMetadata(pod.metadata.with({ labels })));
    else if (pod !== undefined && what === 'report')
      this.pods.put(pod.withStatus(pod.status.with({ ready: !pod.status.ready })));
    else if (pod !== undefined && what === 'pod gone') this.pods.remove(pod);
    else if (service !== undefined && what === 'service gone') this.services.remove(service);
    else if (what === 'service' || what === 'select' || what === 'type') this.changeService(what, id % 5, choice);
  }

  private changeService(what: 'service' | 'select' | 'type', id: number, choice: number): void {
    const known = this.services.cache.byId(id);
    const selector = SELECTORS[choice % SELECTORS.length];
    if (known !== undefined && what === 'select') this.services.put(known.withSpec({ ...known.spec, selector }));
    else if (known !== undefined && what === 'type')
      this.services.put(known.withSpec({ ...known.spec, type: choice > 5 ? 'ExternalName' : 'ClusterIP' }));
    else if (known === undefined && what === 'service') this.services.put(newService(id, choice, selector));
  }
}

function newService(id: number, choice: number, selector: Labels | undefined): Service {
  const spec: ServiceSpec = {
    type: choice > 9 ? 'ExternalName' : 'ClusterIP',
    headless: false,
    selector,
    ports: [],
    publishNotReadyAddresses: false,
  };
  const metadata = ObjectMeta.of({ namespace: NAMESPACES[id % 2]!, name: `s${id}` });
  return draft(SERVICE, metadata, spec, undefined).stamped(id, 1, metadata);
}

test('Services find their pods as by a look at every Service, and tell of them in the same order', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 80, size: 'max' }), (moves) => {
      const world = new World();
      for (const each of moves) world.apply(each);
      expect(world.told).toEqual(world.plain.told);
      for (const { id } of world.services.cache.values())
        expect([...world.members.of(id)].map(({ pod }) => pod.id)).toEqual(world.plain.of(id));
      for (const { id } of world.services.cache.values())
        for (const { pod } of world.members.of(id)) expect(pod).toBe(world.pods.cache.byId(pod.id));
    }),
    { seed: 4, numRuns: 500 },
  );
});
