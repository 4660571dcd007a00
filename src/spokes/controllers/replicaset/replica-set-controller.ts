import { matches } from '../../../api/label-selector.js';
import { controllerOf } from '../../../api/meta.js';
import { isPodActive, type Pod } from '../../../api/pod.js';
import type { ReplicaSet, ReplicaSetStatus } from '../../../api/workload.js';
import type { ApiClient } from '../../../client/api-client.js';
import { ControllerRefManager } from '../../../client/controller-ref-manager.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import { Expectations } from '../../../client/expectations.js';
import type { Informer } from '../../../client/informer.js';
import { LastWrites } from '../../../client/last-writes.js';
import { nextAvailabilityNs } from '../../../client/next-availability.js';
import type { Owned } from '../../../client/owned-objects.js';
import { PodControl } from '../../../client/pod-control.js';
import type { Process } from '../../../client/process.js';
import { type Task, type Wait, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { countPods } from './pod-counts.js';
import { PodManager } from './pod-manager.js';
import { PodTallies } from './pod-tallies.js';
import { type PodCounts, replicaSetStatus, statusIsCurrent } from './replica-set-status.js';
import { replicasMissing } from './replicas-missing.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

/** Tries to write a status (statusUpdateRetries + 1). */
const STATUS_TRIES = 2;

export interface ReplicaSetControllerParts {
  /** Whether it waits until its caches show its own last writes, as controllers do since 1.36. */
  readonly staleCacheChecks: boolean;
  /** Whether the status counts pods that are ending, as it does since 1.35. */
  readonly countsTerminating: boolean;
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  /** Of ReplicaSets, or of ReplicationControllers, which are the same but for their selector (pkg/controller/replication). */
  readonly replicaSets: Informer<ReplicaSet>;
  readonly pods: Informer<Pod>;
  /** `--concurrent-replicaset-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/**
 * Keeps as many pods as each ReplicaSet, or ReplicationController, asks for (pkg/controller/replicaset). Deciding only from its caches, it does
 * not sync a ReplicaSet again before it has seen what it did last: its expectations, and since 1.36 its last writes.
 */
export class ReplicaSetController {
  private readonly parts: ReplicaSetControllerParts;
  private readonly queue: WorkQueue;
  private readonly expectations: Expectations;
  private readonly lastWrites: LastWrites;
  private readonly tallies: PodTallies;
  private readonly manager: PodManager;
  private readonly refs: ControllerRefManager<ReplicaSet, Pod>;

  constructor(parts: ReplicaSetControllerParts) {
    const { process, client, events, replicaSets, pods, workers } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, replicaSets.kind.resource, workers, (key) => this.sync(key));
    this.expectations = new Expectations();
    this.lastWrites = new LastWrites(parts.staleCacheChecks);
    this.tallies = new PodTallies();
    const control = new PodControl(client, events, this.expectations, this.lastWrites);
    this.manager = new PodManager(process.engine, control, replicaSets, pods, this.expectations);
    this.refs = new ControllerRefManager(client, replicaSets, pods, ({ id }) => this.queue.add(id));
    replicaSets.addHandler({
      added: (replicaSet) => this.queue.add(replicaSet.id),
      updated: (_, replicaSet) => this.queue.add(replicaSet.id),
      deleted: (replicaSet) => this.replicaSetDeleted(replicaSet),
    });
    pods.addHandler({
      added: (pod) => this.podAdded(pod),
      updated: (previous, pod) => this.podUpdated(previous, pod),
      deleted: (pod, last) => this.podDeleted(pod, last),
    });
  }

  private replicaSetDeleted({ id }: ReplicaSet): void {
    this.forget(id);
    this.queue.add(id);
  }

  private podAdded(pod: Pod): void {
    this.refs.noticed(undefined, pod);
    const ownerId = this.ownerOf(pod);
    if (ownerId < 0) return;
    this.tallies.change(ownerId, pod, 1);
    if (!this.knows(ownerId)) return;
    if (pod.metadata.deleting) this.expectations.deletionObserved(ownerId, pod.id);
    else this.expectations.creationObserved(ownerId);
    this.queue.add(ownerId);
  }

  private podUpdated(previous: Pod, pod: Pod): void {
    const ownerId = this.ownerOf(pod);
    const formerId = previous.metadata === pod.metadata ? ownerId : this.ownerOf(previous);
    if (formerId >= 0) this.tallies.change(formerId, previous, -1);
    if (ownerId >= 0) this.tallies.change(ownerId, pod, 1);
    if (formerId !== ownerId && formerId >= 0 && this.knows(formerId)) this.queue.add(formerId);
    this.refs.noticed(previous, pod);
    const owner = ownerId < 0 ? undefined : this.parts.replicaSets.cache.byId(ownerId);
    if (owner === undefined) return;
    if (pod.metadata.deleting) this.expectations.deletionObserved(ownerId, pod.id);
    this.queue.add(ownerId);
    // A pod that has just become ready counts as available only later, and nothing else would say so.
    if (!pod.metadata.deleting && !previous.status.ready && pod.status.ready && owner.spec.minReadySeconds > 0)
      this.queue.addAfter(ownerId, owner.spec.minReadySeconds * 1e9);
  }

  private podDeleted(pod: Pod, last: Pod | undefined): void {
    const ownerId = this.ownerOf(pod);
    if (ownerId < 0) return;
    // A pod that ran nowhere goes at once: it was never counted as one that is ending.
    if (last !== undefined) this.tallies.change(ownerId, last, -1);
    if (!this.knows(ownerId)) return;
    this.expectations.deletionObserved(ownerId, pod.id);
    this.queue.add(ownerId);
  }

  /** Identity of the ReplicaSet that controls the pod, -1 without one. */
  private ownerOf(pod: Pod): number {
    const owner = controllerOf(pod.metadata);
    return owner === undefined || owner.kindId !== this.parts.replicaSets.kind.id ? -1 : owner.id;
  }

  private knows(replicaSetId: number): boolean {
    return this.parts.replicaSets.cache.byId(replicaSetId) !== undefined;
  }

  private forget(replicaSetId: number): void {
    this.lastWrites.forget(replicaSetId);
    this.expectations.forget(replicaSetId);
    this.tallies.forget(replicaSetId);
  }

  private *sync(key: number): Task {
    const { replicaSets, pods, syncNs } = this.parts;
    if (!replicaSets.synced || !pods.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    if (syncNs > 0) yield work(syncNs);
    if (!this.lastWrites.seen(key, pods.syncedRevision, replicaSets.syncedRevision)) {
      this.queue.addRateLimited(key);
      return;
    }
    const replicaSet = replicaSets.cache.byId(key);
    if (replicaSet === undefined) this.forget(key);
    else if (!(yield* this.reconcile(replicaSet))) {
      this.queue.addRateLimited(key);
      return;
    }
    this.queue.forget(key);
  }

  /** Creates or deletes pods and writes the status; false where it must be tried again. */
  private *reconcile(replicaSet: ReplicaSet): Generator<Wait, boolean, void> {
    const { countsTerminating, process } = this.parts;
    const { engine } = process;
    const { minReadySeconds } = replicaSet.spec;
    const cached = this.parts.pods.cache.ownedBy(replicaSet.kind.id, replicaSet.id);
    const tally = this.tallies.of(replicaSet, cached);
    const maySync = this.expectations.satisfied(replicaSet.id, engine.nowNs) && !replicaSet.metadata.deleting;
    let claimed: readonly Pod[] | undefined;
    if (this.mayClaim(replicaSet, tally)) {
      claimed = yield* this.claim(replicaSet, cached);
      if (claimed === undefined) return false;
    }
    // The status speaks of the pods as they were before this sync changed their number; only "now" moves on.
    const listed = claimed ?? (minReadySeconds > 0 ? cached.values() : []);
    const counted = claimed === undefined ? tally : countPods(replicaSet, claimed, 0);
    const { active, fullyLabeled, ready, terminating } = counted;
    const right = replicasMissing(replicaSet.spec.replicas, active) === 0;
    const error = maySync && !right ? yield* this.manager.manage(replicaSet, active, claimed) : '';
    const { nowNs } = process;
    const available = minReadySeconds > 0 ? countPods(replicaSet, listed, nowNs).available : ready;
    const counts = { active, fullyLabeled, ready, available, terminating: countsTerminating ? terminating : 0 };
    const status = replicaSetStatus(replicaSet, counts, error, nowNs);
    const isCurrent = statusIsCurrent(replicaSet, status);
    const written = isCurrent ? replicaSet : yield* this.writeStatus(replicaSet, status);
    if (written === undefined) return false;
    this.lastWrites.wroteOwner(replicaSet.id, written.revision);
    if (error !== '') return false;
    if (minReadySeconds > 0 && written.status.readyReplicas !== written.status.availableReplicas) {
      const activePods = listed.filter(isPodActive);
      this.queue.addAfter(replicaSet.id, nextAvailabilityNs(activePods, minReadySeconds, nowNs, process.nowNs));
    }
    return true;
  }

  /** Whether there may be a pod to adopt or to release: what has all labels of the template is selected by them. */
  private mayClaim(replicaSet: ReplicaSet, { active, fullyLabeled }: Omit<PodCounts, 'available'>): boolean {
    const byExpressions = (replicaSet.spec.selector.matchExpressions?.length ?? 0) > 0;
    return byExpressions || active !== fullyLabeled || this.refs.hasOrphans(replicaSet);
  }

  /** The pods that are the ReplicaSet's, after it has adopted and released what it had to; undefined after an error. */
  private *claim(replicaSet: ReplicaSet, cached: Owned<Pod>): Generator<Wait, readonly Pod[] | undefined, void> {
    const owned = cached.values();
    const { objects, error } = yield* this.refs.claim(replicaSet, owned.filter(isPodActive), isPodActive);
    if (error !== '') return undefined;
    return [
      ...objects,
      ...owned.filter((pod) => !isPodActive(pod) && matches(replicaSet.spec.selector, pod.metadata.labels)),
    ];
  }

  /** The version that has the status, or undefined: on a conflict it is written once more after a GET. */
  private *writeStatus(
    replicaSet: ReplicaSet,
    status: ReplicaSetStatus,
  ): Generator<Wait, ReplicaSet | undefined, void> {
    const { client } = this.parts;
    const { namespace, name, generation } = replicaSet.metadata;
    let target = replicaSet;
    for (let tries = 1; ; tries++) {
      const call = client.updateStatus(target.withStatus({ ...status, observedGeneration: generation }));
      yield call;
      if (call.ok) return call.object as ReplicaSet;
      if (tries === STATUS_TRIES) return undefined;
      const fresh = client.get(replicaSet.kind, namespace, name);
      yield fresh;
      if (!fresh.ok) return undefined;
      target = fresh.object as ReplicaSet;
    }
  }
}
