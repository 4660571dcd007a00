import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EndpointSlice, type EndpointSliceSpec, SERVICE_NAME } from '../../../../src/api/endpoint-slice.js';
import { CONFIG_MAP } from '../../../../src/api/kind.js';
import { type MetaInit, ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import type { Pod } from '../../../../src/api/pod.js';
import type { Service, ServiceSpec } from '../../../../src/api/service.js';
import { SliceBook } from '../../../../src/spokes/controllers/endpointslice/slice-book.js';
import { planSlices, type SlicePlan } from '../../../../src/spokes/controllers/endpointslice/slice-plan.js';
import { type Sample, samplePod } from '../sample-pod.js';

function service(spec: Partial<ServiceSpec> = {}, meta: Partial<MetaInit> = {}): Service {
  const ports = [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'web' }];
  const defaults: ServiceSpec = {
    type: 'ClusterIP',
    headless: false,
    selector: {},
    ports,
    publishNotReadyAddresses: false,
  };
  return draft(CONFIG_MAP, ObjectMeta.of({ name: 's', ...meta }), { ...defaults, ...spec }, undefined);
}

function backend(id: number, port = 8080, sample: Sample = {}): Pod {
  const spec = { containers: [{ name: 'c', ports: [{ name: 'web', containerPort: port }] }] };
  return samplePod(`p-${id}`, { id, spec, ...sample });
}

function plan(
  owner: Service,
  pods: readonly Pod[],
  slices: readonly EndpointSlice[] = [],
  maxEndpoints = 2,
): SlicePlan {
  const book = new SliceBook(owner, (name) => (name === 'n' ? 'z' : undefined));
  for (const each of slices) book.putSlice(each);
  for (const [order, pod] of pods.entries()) book.putPod({ order, pod });
  return planSlices(book, maxEndpoints);
}

let nextId = 0;

function slice(spec: EndpointSliceSpec, labels: Readonly<Record<string, string>> = {}): EndpointSlice {
  const metadata = ObjectMeta.of({ name: 'x', labels });
  return draft(CONFIG_MAP, metadata, spec, undefined).stamped(nextId++, 1, metadata);
}

describe('the slices of a service', () => {
  it('hold pods with the same ports, resolved by name', () => {
    const { creates } = plan(service(), [backend(1, 80), backend(2, 81), backend(3, 80)]);
    expect(creates.map(({ ports, endpoints }) => [ports[0]?.port, endpoints.map(({ podId }) => podId)])).toEqual([
      [80, [1, 3]],
      [81, [2]],
    ]);
  });

  it('show pods that are ending as not ready, and leave out those that do not run', () => {
    const ending = backend(1, 80, { meta: { deletionTimestampNs: 0 } });
    const pending = backend(2, 80, { status: { phase: 'Pending', ready: false } });
    expect(plan(service(), [ending, pending]).creates[0]?.endpoints).toEqual([
      { podId: 1, podName: 'p-1', nodeName: 'n', zone: 'z', ready: false, serving: true, terminating: true },
    ]);
    const published = plan(service({ publishNotReadyAddresses: true }), [ending]);
    expect(published.creates[0]?.endpoints[0]?.ready).toBe(true);
  });

  it('leave out pods whose node is unknown, and say so', () => {
    const lost = backend(1, 80, { nodeName: 'gone' });
    expect(plan(service(), [lost])).toMatchObject({ skipped: [lost] });
    expect(plan(service({ publishNotReadyAddresses: true }), [lost])).toMatchObject({ skipped: [] });
  });

  it('are one empty slice where there are no pods, and stay so', () => {
    const { creates, labels } = plan(service(), []);
    expect(creates).toEqual([{ ports: [], endpoints: [] }]);
    expect(labels[SERVICE_NAME]).toBe('s');
    const again = plan(service(), [], [slice(creates[0]!, labels)]);
    expect([again.creates, again.updates, again.deletes]).toEqual([[], [], []]);
  });

  it('are written again when the labels of the service change', () => {
    const { creates, labels } = plan(service(), [backend(1)]);
    const present = slice(creates[0]!, labels);
    expect(plan(service(), [backend(1)], [present]).updates).toEqual([]);
    expect(plan(service({}, { labels: { team: 'a' } }), [backend(1)], [present]).updates).toHaveLength(1);
  });

  it('are not made any more for a service that is being deleted', () => {
    expect(plan(service({}, { deletionTimestampNs: 0 }), [backend(1)]).creates).toEqual([]);
  });

  it('hold every pod exactly once and never too many, whatever came before', () => {
    const sizes = fc.array(fc.nat(30), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 7 }), (steps, maxEndpoints) => {
        let slices: readonly EndpointSlice[] = [];
        for (const size of steps) {
          const pods = Array.from({ length: size }, (_, id) => backend(id));
          const { creates, updates, deletes, labels } = plan(service(), pods, slices, maxEndpoints);
          const updated = new Map(updates.map((each) => [each.slice, each.spec]));
          slices = [
            ...slices
              .filter((each) => !deletes.includes(each))
              .map((each) => slice(updated.get(each) ?? each.spec, labels)),
            ...creates.map((spec) => slice(spec, labels)),
          ];
          const ids = slices.flatMap(({ spec }) => spec.endpoints.map(({ podId }) => podId));
          expect(ids.sort((a, b) => a - b)).toEqual(pods.map(({ id }) => id));
          for (const { spec } of slices) expect(spec.endpoints.length).toBeLessThanOrEqual(maxEndpoints);
        }
      }),
      { seed: 6 },
    );
  });
});
