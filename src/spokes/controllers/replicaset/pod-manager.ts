import { POD } from '../../../api/kind.js';
import { controllerOf, ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import { isPodActive, PENDING, type Pod, PodSpec } from '../../../api/pod.js';
import type { ReplicaSet } from '../../../api/workload.js';
import type { Expectations } from '../../../client/expectations.js';
import type { Informer } from '../../../client/informer.js';
import type { PodControl } from '../../../client/pod-control.js';
import type { Wait } from '../../../client/task.js';
import { countActiveByNode, podsToDelete } from './deletion-order.js';
import { replicasMissing } from './replicas-missing.js';

/** Creates and deletes the pods of ReplicaSets (replica_set.go manageReplicas). */
export class PodManager {
  private readonly clock: { readonly nowNs: number };
  private readonly control: PodControl;
  private readonly replicaSets: Informer<ReplicaSet>;
  private readonly pods: Informer<Pod>;
  private readonly expectations: Expectations;

  constructor(
    clock: { readonly nowNs: number },
    control: PodControl,
    replicaSets: Informer<ReplicaSet>,
    pods: Informer<Pod>,
    expectations: Expectations,
  ) {
    this.clock = clock;
    this.control = control;
    this.replicaSets = replicaSets;
    this.pods = pods;
    this.expectations = expectations;
  }

  /**
   * Creates missing pods or deletes surplus ones; ends with the first error, `''` if there was none. Without `claimed`, its
   * pods are those that the cache says it owns.
   */
  *manage(replicaSet: ReplicaSet, active: number, claimed?: readonly Pod[]): Generator<Wait, string, void> {
    const missing = replicasMissing(replicaSet.spec.replicas, active);
    if (missing > 0) return yield* this.create(replicaSet, missing);
    return missing < 0 ? yield* this.delete(replicaSet, -missing, claimed) : '';
  }

  private *create(replicaSet: ReplicaSet, count: number): Generator<Wait, string, void> {
    this.expectations.expect(replicaSet.id, count, [], this.clock.nowNs);
    const pod = newPod(replicaSet);
    return yield* this.control.create(replicaSet, count, () => pod);
  }

  private *delete(
    replicaSet: ReplicaSet,
    count: number,
    claimed: readonly Pod[] | undefined,
  ): Generator<Wait, string, void> {
    const pods = claimed ?? this.pods.cache.ownedBy(replicaSet.kind.id, replicaSet.id).values();
    const active = pods.filter(isPodActive);
    const doomed = podsToDelete(active, this.ranks(replicaSet), count, this.clock.nowNs);
    const ids = doomed.map(({ id }) => id);
    this.expectations.expect(replicaSet.id, 0, ids, this.clock.nowNs);
    return yield* this.control.delete(replicaSet, doomed);
  }

  /** Active pods by node over all ReplicaSets of the same owner; none for a ReplicaSet of its own. */
  private ranks(replicaSet: ReplicaSet): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const owner = controllerOf(replicaSet.metadata);
    if (owner === undefined) return counts;
    for (const id of this.replicaSets.cache.ownedBy(owner.kindId, owner.id).keys())
      countActiveByNode(counts, this.pods.cache.ownedBy(replicaSet.kind.id, id).values());
    return counts;
  }
}

/** What all pods of a ReplicaSet are created as; the API server completes the name. */
function newPod(replicaSet: ReplicaSet): Pod {
  const { metadata, spec } = replicaSet;
  const { labels, annotations, shape } = spec.template;
  const { kind, id } = replicaSet;
  const owner = { kindId: kind.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
  const meta = ObjectMeta.of({
    namespace: metadata.namespace,
    name: `${metadata.name}-`,
    labels,
    annotations,
    ownerReferences: [owner],
  });
  return draft(POD, meta, new PodSpec(shape, ''), PENDING);
}
