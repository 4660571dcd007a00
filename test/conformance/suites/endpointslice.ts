import type { EndpointSlice, EndpointSliceSpec } from '../../../src/api/endpoint-slice.js';
import { type Kind, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { Service } from '../../../src/api/service.js';
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
  private slices: readonly EndpointSlice[];
  private nextName: number;

  constructor() {
    this.shapes = new PodShapes();
    this.slices = [];
    this.nextName = 0;
  }

  reconcile({ pods, notReady }: Step): unknown {
    const plan = planSlices({
      service: SERVICE,
      pods: Array.from({ length: pods }, (_, number) => this.pod(number, !notReady.includes(number))),
      slices: this.slices,
      zoneOf: () => '',
      maxEndpoints: MAX_ENDPOINTS,
    });
    const updated = new Map(plan.updates.map(({ slice, spec }) => [slice, spec]));
    const kept = this.slices.filter((slice) => !plan.deletes.includes(slice));
    this.slices = [
      ...kept.map((slice) => slice.withSpec(updated.get(slice) ?? slice.spec)),
      ...plan.creates.map((spec) => this.slice(spec)),
    ];
    return {
      created: plan.creates.length,
      updated: plan.updates.length,
      deleted: plan.deletes.length,
      fill: this.slices.map(({ spec }) => spec.endpoints.length).sort((a, b) => a - b),
    };
  }

  private slice(spec: EndpointSliceSpec): EndpointSlice {
    return draft(ENDPOINT_SLICE, new ObjectMeta({ name: `s-${this.nextName++}` }), spec, undefined);
  }

  private pod(number: number, ready: boolean): Pod {
    const shape = this.shapes.of({ containers: [{ name: 'c', image: 'i' }] });
    const meta = new ObjectMeta({ namespace: 'default', name: `p-${number}` });
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
  new ObjectMeta({ namespace: 'default', name: 's' }),
  {
    type: 'ClusterIP',
    headless: false,
    selector: { app: 'x' },
    ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 }],
    publishNotReadyAddresses: false,
  },
  undefined,
);
