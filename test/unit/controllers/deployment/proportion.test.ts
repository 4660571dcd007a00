import { describe, expect, it } from 'vitest';
import { MAX_REPLICAS } from '../../../../src/api/deployment-annotations.js';
import { DEPLOYMENT, REPLICA_SET } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import type { Deployment, ReplicaSet } from '../../../../src/api/workload.js';
import { proportion } from '../../../../src/spokes/controllers/deployment/proportion.js';

/** The share of a ReplicaSet when its Deployment, which had at most `maxBefore` pods, is resized. */
function share(size: number, maxBefore: number, replicas: number, toAdd: number): number {
  const annotations = { [MAX_REPLICAS]: `${maxBefore}` };
  const replicaSet = draft(REPLICA_SET, ObjectMeta.of({ name: 'web-1', annotations }), { replicas: size }, undefined);
  const spec = { replicas, strategy: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1 };
  const deployment = draft(DEPLOYMENT, ObjectMeta.of({ name: 'web' }), spec, undefined);
  return proportion(replicaSet as unknown as ReplicaSet, deployment as unknown as Deployment, toAdd, 0);
}

/** Shares that GetReplicaSetProportion of Kubernetes 1.36 gives. */
describe('the share of a ReplicaSet in a resize', () => {
  it('is in proportion to its size, halves rounded away from nothing', () => {
    expect(share(5, 10, 15, 5)).toBe(3);
    expect(share(5, 10, 5, -5)).toBe(-2);
    expect(share(50_000, 55_000, 40_000, 5000)).toBe(-13_636);
  });

  it('is nonsense where the product of the two sizes does not fit 32 bits', () => {
    expect(share(50_000, 55_000, 60_000, 5000)).toBe(-73_545);
  });
});
