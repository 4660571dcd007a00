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
import { ended, type MaybeStep, type Step } from '../../../client/step.js';
import { afterWork, type Task } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { countPods } from './pod-counts.js';
import { PodManager } from './pod-manager.js';
import { PodTallies, type PodTally } from './pod-tallies.js';
import { replicaSetStatus, statusIsCurrent } from './replica-set-status.js';

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

  private sync(key: number): Task | undefined {
    const { replicaSets, pods, syncNs } = this.parts;
    if (!replicaSets.synced || !pods.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return undefined;
    }
    return syncNs > 0 ? afterWork(syncNs, () => this.look(key)) : this.look(key);
  }

  /** Syncs at once; what there is to wait for, as a task. */
  private look(key: number): Task | undefined {
    const { replicaSets, pods } = this.parts;
    if (!this.lastWrites.seen(key, pods.syncedRevision, replicaSets.syncedRevision)) {
      this.queue.addRateLimited(key);
      return undefined;
    }
    const replicaSet = replicaSets.cache.byId(key);
    if (replicaSet === undefined) this.forget(key);
    const done = replicaSet === undefined || this.reconcile(replicaSet);
    if (typeof done !== 'boolean') return this.wait(key, done);
    this.end(key, done);
    return undefined;
  }

  private *wait(key: number, step: Step): Task {
    this.end(key, yield* step);
  }

  private end(key: number, done: boolean): void {
    if (done) this.queue.forget(key);
    else this.queue.addRateLimited(key);
  }

  /** Creates or deletes pods and writes the status; false where it must be tried again. */
  private reconcile(replicaSet: ReplicaSet): MaybeStep {
    const { id, kind, metadata, spec } = replicaSet;
    const cached = this.parts.pods.cache.ownedBy(kind.id, id);
    const tally = this.tallies.of(replicaSet, cached);
    const maySync = this.expectations.satisfied(id, this.parts.process.engine.nowNs) && !metadata.deleting;
    if (this.mayClaim(replicaSet, tally)) return this.claimFirst(replicaSet, cached, maySync);
    const listed = spec.minReadySeconds > 0 ? cached.values() : [];
    if (!maySync || spec.replicas === tally.active) return this.report(replicaSet, tally, listed, '');
    return this.manage(replicaSet, { ...tally }, listed, undefined);
  }

  private *claimFirst(replicaSet: ReplicaSet, cached: Owned<Pod>, maySync: boolean): Step {
    const claimed = yield* this.claim(replicaSet, cached);
    if (claimed === undefined) return false;
    const counted = countPods(replicaSet, claimed, 0);
    if (maySync) return yield* this.manage(replicaSet, counted, claimed, claimed);
    return yield* ended(this.report(replicaSet, counted, claimed, ''));
  }

  /** The status speaks of the pods as they were before this sync changed their number; only "now" moves on. */
  private *manage(
    replicaSet: ReplicaSet,
    counted: PodTally,
    listed: readonly Pod[],
    claimed: readonly Pod[] | undefined,
  ): Step {
    const error = yield* this.manager.manage(replicaSet, counted.active, claimed);
    return yield* ended(this.report(replicaSet, counted, listed, error));
  }

  /** Writes a status that has changed. */
  private report(replicaSet: ReplicaSet, counted: PodTally, listed: readonly Pod[], error: string): MaybeStep {
    const { countsTerminating, process } = this.parts;
    const { nowNs } = process;
    const { active, fullyLabeled, ready } = counted;
    const isTimed = replicaSet.spec.minReadySeconds > 0;
    const available = isTimed ? countPods(replicaSet, listed, nowNs).available : ready;
    const terminating = countsTerminating ? counted.terminating : 0;
    const counts = { active, fullyLabeled, ready, available, terminating };
    const status = replicaSetStatus(replicaSet, counts, error, nowNs);
    if (statusIsCurrent(replicaSet, status)) return this.reported(replicaSet, listed, error, nowNs);
    return this.write(replicaSet, status, listed, error);
  }

  private *write(replicaSet: ReplicaSet, status: ReplicaSetStatus, listed: readonly Pod[], error: string): Step {
    const { nowNs } = this.parts.process;
    const written = yield* this.writeStatus(replicaSet, status);
    return written !== undefined && this.reported(written, listed, error, nowNs);
  }

  /** This version has the status, which was counted at that time. */
  private reported(
    { id, revision, spec, status }: ReplicaSet,
    listed: readonly Pod[],
    error: string,
    countedNs: number,
  ): boolean {
    this.lastWrites.wroteOwner(id, revision);
    if (error !== '') return false;
    const { minReadySeconds } = spec;
    if (minReadySeconds > 0 && status.readyReplicas !== status.availableReplicas) {
      const active = listed.filter(isPodActive);
      const { nowNs } = this.parts.process;
      this.queue.addAfter(id, nextAvailabilityNs(active, minReadySeconds, countedNs, nowNs));
    }
    return true;
  }

  /** Whether there may be a pod to adopt or to release: what has all labels of the template is selected by them. */
  private mayClaim(replicaSet: ReplicaSet, { active, fullyLabeled }: PodTally): boolean {
    const byExpressions = (replicaSet.spec.selector.matchExpressions?.length ?? 0) > 0;
    return byExpressions || active !== fullyLabeled || this.refs.hasOrphans(replicaSet);
  }

  /** The pods that are the ReplicaSet's, after it has adopted and released what it had to; undefined after an error. */
  private *claim(replicaSet: ReplicaSet, cached: Owned<Pod>): Step<readonly Pod[] | undefined> {
    const owned = cached.values();
    const { objects, error } = yield* this.refs.claim(replicaSet, owned.filter(isPodActive), isPodActive);
    if (error !== '') return undefined;
    return [
      ...objects,
      ...owned.filter((pod) => !isPodActive(pod) && matches(replicaSet.spec.selector, pod.metadata.labels)),
    ];
  }

  /** The version that has the status, or undefined: on a conflict it is written once more after a GET. */
  private *writeStatus(replicaSet: ReplicaSet, status: ReplicaSetStatus): Step<ReplicaSet | undefined> {
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
