import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEPLOYMENT, REPLICA_SET, STATEFUL_SET } from '../../../src/api/kind.js';
import type { OwnerReference } from '../../../src/api/meta.js';
import type { Pod } from '../../../src/api/pod.js';
import { isPodOf, keysOf, workloadKey } from '../../../src/spokes/metrics-server/pod-of.js';
import { isReady, ReadyPods } from '../../../src/spokes/metrics-server/ready-pods.js';
import { samplePod } from '../../unit/controllers/sample-pod.js';
import { ToldCache } from '../controllers/told-cache.js';

const NAMESPACES = ['default', 'shop'];
const HASHES = ['x1', 'x2', undefined];
const OWNERS = ['web', 'web-x1', 'web-x2', 'web-x1-x2'].flatMap((name, id) =>
  [REPLICA_SET, STATEFUL_SET, DEPLOYMENT].map((kind): readonly OwnerReference[] => [
    { kindId: kind.id, id, name, controller: true, blockOwnerDeletion: true },
  ]),
);
const WORKLOADS = ['web', 'web-x1', 'web-x2', 'web-x1-x2'].flatMap((name) =>
  NAMESPACES.flatMap((namespace) => [REPLICA_SET, STATEFUL_SET, DEPLOYMENT].map((kind) => ({ kind, namespace, name }))),
);
const step = fc.record({
  id: fc.nat(7),
  owner: fc.nat(OWNERS.length),
  hash: fc.nat(2),
  what: fc.constantFrom('come', 'come', 'ready', 'own', 'delete', 'gone', 'never seen'),
  asks: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function metaOf({ id, owner, hash }: Step) {
  const labels: Record<string, string> = HASHES[hash] === undefined ? {} : { 'pod-template-hash': HASHES[hash] };
  return { namespace: NAMESPACES[id % 2]!, labels, ownerReferences: OWNERS[owner] ?? [] };
}

function apply(pods: ToldCache<Pod>, each: Step): void {
  const { id, what } = each;
  const pod = pods.cache.byId(id);
  if (what === 'come' && pod === undefined)
    pods.put(samplePod(`p${id}`, { id, meta: metaOf(each), status: { ready: each.owner % 2 === 0 } }));
  else if (what === 'never seen' && pod === undefined) pods.remove(samplePod(`p${id}`, { id, meta: metaOf(each) }));
  else if (pod === undefined) return;
  else if (what === 'ready') pods.put(pod.withStatus(pod.status.with({ ready: !pod.status.ready })));
  else if (what === 'own') pods.put(pod.withMetadata(pod.metadata.with(metaOf(each))));
  else if (what === 'delete') pods.put(pod.withMetadata(pod.metadata.with({ deletionTimestampNs: 1 })));
  else if (what === 'gone') pods.remove(pod);
}

test('a workload has as many ready pods as a look at all finds, and a pod is of the workloads that its keys say', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const pods = new ToldCache<Pod>();
      const ready = new ReadyPods(pods.informer);
      for (const each of steps) {
        apply(pods, each);
        if (!each.asks) continue;
        for (const workload of WORKLOADS) {
          const own = [...pods.cache.values()].filter((pod) => isPodOf(pod, workload));
          expect(ready.of(workload)).toBe(own.filter(isReady).length);
          for (const pod of pods.cache.values())
            expect(keysOf(pod).includes(workloadKey(workload))).toBe(own.includes(pod));
        }
      }
    }),
    { seed: 8, numRuns: 200 },
  );
});
