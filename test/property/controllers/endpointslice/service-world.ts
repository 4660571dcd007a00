import type { Endpoint, EndpointPort, EndpointSlice, EndpointSliceSpec } from '../../../../src/api/endpoint-slice.js';
import { ENDPOINT_SLICE, SERVICE } from '../../../../src/api/kind.js';
import type { Labels } from '../../../../src/api/labels.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import { PodSpec } from '../../../../src/api/pod.js';
import { PodShapes } from '../../../../src/api/pod-shapes.js';
import type { Service } from '../../../../src/api/service.js';
import { ServiceAddresses } from '../../../../src/spokes/controllers/endpointslice/service-addresses.js';
import type { Member } from '../../../../src/spokes/controllers/endpointslice/service-members.js';
import { SliceBook } from '../../../../src/spokes/controllers/endpointslice/slice-book.js';
import type { SlicePlan } from '../../../../src/spokes/controllers/endpointslice/slice-plan.js';
import { samplePod } from '../../../unit/controllers/sample-pod.js';

export const MOVES = [
  'add pod',
  'add pod',
  'add pod',
  'change pod',
  'change pod',
  'move pod to the end',
  'remove pod',
  'change node',
  'rewrite slice',
  'remove slice',
  'change service',
] as const;

export type Move = (typeof MOVES)[number];

export const MAX_ENDPOINTS = 3;
export const MAX_ADDRESSES = 5;
const PHASES = ['Running', 'Running', 'Pending', 'Failed'] as const;
const ZONES = ['', 'a', 'b', undefined];
const LABELS: readonly Labels[] = [{}, { team: 'x' }];

/** One Service, its pods, nodes and slices, and what is kept up to date of them. */
export class ServiceWorld {
  readonly members: Map<number, Member>;
  readonly slices: Map<number, EndpointSlice>;
  service: Service;
  book: SliceBook;
  addresses: ServiceAddresses;
  private readonly zones: Map<string, string | undefined>;
  private readonly shapes: PodShapes;
  private nextId: number;

  constructor() {
    this.members = new Map();
    this.slices = new Map();
    this.zones = new Map();
    this.shapes = new PodShapes();
    this.nextId = 0;
    this.service = service(0);
    this.book = new SliceBook(this.service, this.zoneOf);
    this.addresses = new ServiceAddresses(this.service, MAX_ADDRESSES);
  }

  readonly zoneOf = (name: string): string | undefined => this.zones.get(name);

  /** Carries out a move; `dice` says all that the move leaves open. */
  apply(move: Move, dice: number): void {
    const member = [...this.members.values()][dice % Math.max(1, this.members.size)];
    const slice = [...this.slices.values()][dice % Math.max(1, this.slices.size)];
    if (move === 'add pod') this.put({ order: this.nextId, pod: this.pod(this.nextId, dice) });
    else if (move === 'change service') this.begin(service(dice));
    else if (move === 'change node') this.changeNode(`n${dice % 3}`, ZONES[(dice >> 2) % ZONES.length]);
    else if (slice !== undefined && move === 'rewrite slice')
      this.putSlice(slice.id, this.anySpec(dice), LABELS[dice % 2]!);
    else if (slice !== undefined && move === 'remove slice') this.removeSlice(slice.id);
    else if (member !== undefined) this.changeMember(move, member, dice);
  }

  /** The first `count` writes of a plan succeed. */
  write({ labels, creates, updates, deletes }: SlicePlan, count: number): void {
    const writes = [
      ...creates.map((spec) => () => this.putSlice(this.nextId++, spec, labels)),
      ...updates.map(
        ({ slice, spec }) =>
          () =>
            this.putSlice(slice.id, spec, labels),
      ),
      ...deletes.map((slice) => () => this.removeSlice(slice.id)),
    ];
    for (const write of writes.slice(0, count)) write();
  }

  private changeMember(move: Move, member: Member, dice: number): void {
    const { id } = member.pod;
    if (move === 'change pod') {
      member.pod = this.pod(id, dice);
      this.put(member);
      return;
    }
    this.members.delete(id);
    this.book.removePod(id);
    this.addresses.remove(id);
    if (move === 'move pod to the end') this.put({ order: this.nextId++, pod: member.pod });
  }

  private put(member: Member): void {
    this.nextId = Math.max(this.nextId, member.order + 1);
    this.members.set(member.pod.id, member);
    this.book.putPod(member);
    this.addresses.put(member);
  }

  private pod(id: number, dice: number): Member['pod'] {
    const containers = [{ name: 'c', image: 'i', ports: [{ name: 'web', containerPort: 80 + ((id >> 1) % 2) }] }];
    const pod = samplePod(`p-${id}`, {
      id,
      meta: dice % 5 === 0 ? { deletionTimestampNs: 0 } : {},
      status: { phase: PHASES[(dice >> 1) % PHASES.length]!, ready: (dice >> 3) % 3 > 0 },
    });
    return pod.withSpec(new PodSpec(this.shapes.of({ containers }), `n${id % 3}`));
  }

  private changeNode(name: string, zone: string | undefined): void {
    const added = this.zones.get(name) === undefined;
    this.zones.set(name, zone);
    if (added) return;
    for (const { pod } of this.members.values()) if (pod.spec.nodeName === name) this.book.nodeChanged(pod.id);
  }

  /** What somebody else may write: pods that other slices have, and pods that are gone. */
  private anySpec(dice: number): EndpointSliceSpec {
    const ids = [...this.members.keys(), 999].filter((id) => ((dice >> (id % 9)) & 1) === 1);
    const endpoints = ids.slice(0, MAX_ENDPOINTS + 1).map((podId): Endpoint => {
      const ready = dice % 2 === 0;
      return {
        podId,
        podName: `p-${podId}`,
        nodeName: `n${podId % 3}`,
        zone: 'a',
        ready,
        serving: ready,
        terminating: false,
      };
    });
    return { ports: dice % 7 === 0 ? [] : [port(80 + (dice % 2))], endpoints };
  }

  private putSlice(id: number, spec: EndpointSliceSpec, labels: Labels): void {
    const metadata = ObjectMeta.of({ name: `s-${id}`, labels });
    const slice = draft(ENDPOINT_SLICE, metadata, spec, undefined).stamped(id, 1, metadata);
    this.slices.set(id, slice);
    this.book.putSlice(slice);
  }

  private removeSlice(id: number): void {
    this.slices.delete(id);
    this.book.removeSlice(id);
  }

  private begin(changed: Service): void {
    this.service = changed;
    this.book = new SliceBook(changed, this.zoneOf);
    this.addresses = new ServiceAddresses(changed, MAX_ADDRESSES);
    for (const slice of this.slices.values()) this.book.putSlice(slice);
    for (const member of this.members.values()) {
      this.book.putPod(member);
      this.addresses.put(member);
    }
  }
}

function port(number: number): EndpointPort {
  return { name: 'http', protocol: 'TCP', port: number };
}

function service(dice: number): Service {
  const metadata = ObjectMeta.of({ namespace: 'default', name: 's', labels: LABELS[dice % 2]! });
  return draft(
    SERVICE,
    metadata,
    {
      type: 'ClusterIP',
      headless: false,
      selector: {},
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: dice % 3 === 0 ? 80 : 'web' }],
      publishNotReadyAddresses: dice % 5 === 1,
    },
    undefined,
  );
}
