import type { EndpointSlice, EndpointSliceSpec } from '../../../src/api/endpoint-slice.js';
import { type Kind, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { Service } from '../../../src/api/service.js';
import { SliceBook } from '../../../src/spokes/controllers/endpointslice/slice-book.js';
import { planSlices } from '../../../src/spokes/controllers/endpointslice/slice-plan.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const endpointslice: Suite = { name: 'endpointslice', answer };

interface Step {
  readonly pods: number;
  readonly notReady: readonly number[];
}

function answer({ tags, input }: Case): unknown {
  if (tags[0] !== 'reconcile') return new Skip(`unknown question ${tags[0]}`);
  const world = new Slices();
  return { steps: (input as { steps: readonly Step[] }).steps.map((step) => world.reconcile(step)) };
}

const MAX_ENDPOINTS = 100;

/** The slices of one Service in a world where every write is seen at once. */
class Slices {
  private readonly shapes: PodShapes;
  private readonly book: SliceBook;
  private readonly slices: Map<number, EndpointSlice>;
  private pods: number;
  private nextId: number;

  constructor() {
    this.shapes = new PodShapes();
    this.book = new SliceBook(SERVICE, () => '');
    this.slices = new Map();
    this.pods = 0;
    this.nextId = 0;
  }

  reconcile({ pods, notReady }: Step): unknown {
    for (let number = 0; number < pods; number++)
      this.book.putPod({ order: number, pod: this.pod(number, !notReady.includes(number)) });
    for (let number = pods; number < this.pods; number++) this.book.removePod(number);
    this.pods = pods;
    const { creates, updates, deletes } = planSlices(this.book, MAX_ENDPOINTS);
    for (const { slice, spec } of updates) this.put(slice.id, spec);
    for (const { id } of deletes) {
      this.book.removeSlice(id);
      this.slices.delete(id);
    }
    for (const spec of creates) this.put(this.nextId++, spec);
    return {
      created: creates.length,
      updated: updates.length,
      deleted: deletes.length,
      fill: Array.from(this.slices.values(), ({ spec }) => spec.endpoints.length).sort((a, b) => a - b),
    };
  }

  private put(id: number, spec: EndpointSliceSpec): void {
    const meta = ObjectMeta.of({ name: `s-${id}` });
    const slice = draft(ENDPOINT_SLICE, meta, spec, undefined).stamped(id, 1, meta);
    this.slices.set(id, slice);
    this.book.putSlice(slice);
  }

  private pod(number: number, ready: boolean): Pod {
    const shape = this.shapes.of({ containers: [{ name: 'c', image: 'i' }] });
    const meta = ObjectMeta.of({ namespace: 'default', name: `p-${number}` });
    const status = PodStatus.of({ phase: 'Running', ready, readySinceNs: 0 });
    return draft(POD, meta, new PodSpec(shape, 'n'), status).stamped(number, 1, meta);
  }
}

function kind(group: string, name: string, resource: string): Kind {
  return { id: -1, group, version: 'v1', name, resource, namespaced: true, watchCached: true };
}

const ENDPOINT_SLICE = kind('discovery.k8s.io', 'EndpointSlice', 'endpointslices');

const SERVICE: Service = draft(
  kind('', 'Service', 'services'),
  ObjectMeta.of({ namespace: 'default', name: 's' }),
  {
    type: 'ClusterIP',
    headless: false,
    selector: { app: 'x' },
    ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 }],
    publishNotReadyAddresses: false,
  },
  undefined,
);
