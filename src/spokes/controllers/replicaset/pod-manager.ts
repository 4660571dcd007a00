import type { Call } from '../../../api/call.js';
import { POD, REPLICA_SET } from '../../../api/kind.js';
import { controllerOf, ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import { isPodActive, PENDING, type Pod, PodSpec } from '../../../api/pod.js';
import type { ReplicaSet } from '../../../api/workload.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { Wait } from '../../../client/task.js';
import { countActiveByNode, podsToDelete } from './deletion-order.js';
import type { Expectations } from './expectations.js';
import type { LastWrites } from './last-writes.js';
import { nextBatchSize, replicasMissing } from './slow-start.js';

/** Creates and deletes the pods of ReplicaSets (replica_set.go manageReplicas). */
export class PodManager {
  private readonly clock: { readonly nowNs: number };
  private readonly client: ApiClient;
  private readonly events: EventRecorder;
  private readonly replicaSets: Informer<ReplicaSet>;
  private readonly pods: Informer<Pod>;
  private readonly expectations: Expectations;
  private readonly lastWrites: LastWrites;

  constructor(
    clock: { readonly nowNs: number },
    client: ApiClient,
    events: EventRecorder,
    replicaSets: Informer<ReplicaSet>,
    pods: Informer<Pod>,
    expectations: Expectations,
    lastWrites: LastWrites,
  ) {
    this.clock = clock;
    this.client = client;
    this.events = events;
    this.replicaSets = replicaSets;
    this.pods = pods;
    this.expectations = expectations;
    this.lastWrites = lastWrites;
  }

  /** Creates missing pods or deletes surplus ones; ends with the first error, `''` if there was none. */
  *manage(replicaSet: ReplicaSet, active: number): Generator<Wait, string, void> {
    const missing = replicasMissing(replicaSet.spec.replicas, active);
    if (missing > 0) return yield* this.create(replicaSet, missing);
    return missing < 0 ? yield* this.delete(replicaSet, -missing) : '';
  }

  private *create(replicaSet: ReplicaSet, count: number): Generator<Wait, string, void> {
    this.expectations.expectCreations(replicaSet.id, count, this.clock.nowNs);
    const pod = newPod(replicaSet);
    let error = '';
    let created = 0;
    let attempted = 0;
    for (let size = 0; error === ''; ) {
      size = nextBatchSize(size, count - attempted);
      if (size === 0) break;
      attempted += size;
      for (const call of this.createBatch(pod, size)) {
        if (!call.done) yield call;
        const failure = this.createEnded(replicaSet, call);
        if (failure === '') created++;
        else error ||= failure;
      }
    }
    for (let i = created; i < count; i++) this.expectations.creationObserved(replicaSet.id);
    return error;
  }

  private createBatch(pod: Pod, size: number): readonly Call[] {
    return Array.from({ length: size }, () => this.client.create(pod));
  }

  private createEnded(replicaSet: ReplicaSet, call: Call): string {
    if (call.ok) {
      const pod = call.object as Pod;
      this.lastWrites.wrotePod(replicaSet.id, pod.revision);
      this.events.event(replicaSet, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      return '';
    }
    // Nothing can be created in a namespace that is ending, and nothing needs to be.
    if (call.code === 403) return '';
    this.events.event(replicaSet, 'Warning', 'FailedCreate', `Error creating: ${call.reason}`);
    return call.reason;
  }

  /** Deletes all at once: there is no slow start downwards. */
  private *delete(replicaSet: ReplicaSet, count: number): Generator<Wait, string, void> {
    const active = [...this.pods.cache.ownedBy(REPLICA_SET.id, replicaSet.id).values()].filter(isPodActive);
    const doomed = podsToDelete(active, this.ranks(replicaSet), count, this.clock.nowNs);
    const ids = doomed.map(({ id }) => id);
    this.expectations.expectDeletions(replicaSet.id, ids, this.clock.nowNs);
    const calls = doomed.map((pod) => this.client.delete(pod));
    let error = '';
    for (const [index, call] of calls.entries()) {
      if (!call.done) yield call;
      error ||= this.deleteEnded(replicaSet, doomed[index]!, call);
    }
    return error;
  }

  private deleteEnded(replicaSet: ReplicaSet, pod: Pod, call: Call): string {
    if (call.ok) {
      this.events.event(replicaSet, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
      return '';
    }
    this.expectations.deletionObserved(replicaSet.id, pod.id);
    if (call.code === 404) return '';
    this.events.event(replicaSet, 'Warning', 'FailedDelete', `Error deleting: ${call.reason}`);
    return call.reason;
  }

  /** Active pods by node over all ReplicaSets of the same owner; none for a ReplicaSet of its own. */
  private ranks(replicaSet: ReplicaSet): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const owner = controllerOf(replicaSet.metadata);
    if (owner === undefined) return counts;
    for (const id of this.replicaSets.cache.ownedBy(owner.kindId, owner.id).keys())
      countActiveByNode(counts, this.pods.cache.ownedBy(REPLICA_SET.id, id).values());
    return counts;
  }
}

/** What all pods of a ReplicaSet are created as; the API server completes the name. */
function newPod(replicaSet: ReplicaSet): Pod {
  const { metadata, spec } = replicaSet;
  const { labels, annotations, shape } = spec.template;
  const owner = { kindId: REPLICA_SET.id, id: replicaSet.id, name: metadata.name, controller: true };
  const meta = new ObjectMeta({
    namespace: metadata.namespace,
    name: `${metadata.name}-`,
    labels,
    annotations,
    ownerReferences: [{ ...owner, blockOwnerDeletion: true }],
  });
  return draft(POD, meta, new PodSpec(shape, ''), PENDING);
}
