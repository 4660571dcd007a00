import type { ControllerRevision } from '../../../api/controller-revision.js';
import { STATEFUL_SET } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { ApiObject } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import type { PodShapes } from '../../../api/pod-shapes.js';
import type { StatefulSet } from '../../../api/stateful-set.js';
import type { ApiClient } from '../../../client/api-client.js';
import { ControllerRefManager } from '../../../client/controller-ref-manager.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import { LastWrites } from '../../../client/last-writes.js';
import { nextAvailabilityNs } from '../../../client/next-availability.js';
import type { Process } from '../../../client/process.js';
import { type Task, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { isMemberOf } from './ordinal.js';
import { StatefulClaims } from './stateful-claims.js';
import { StatefulSetSync, type StatefulSetWorld } from './stateful-set-sync.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

export interface StatefulSetControllerParts {
  /** Whether it waits until its caches show its own last writes, as controllers do since 1.36. */
  readonly staleCacheChecks: boolean;
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly sets: Informer<StatefulSet>;
  readonly pods: Informer<Pod>;
  readonly revisions: Informer<ControllerRevision>;
  readonly shapes: PodShapes;
  /** Undefined where no set claims anything. */
  readonly claims: Informer<ApiObject> | undefined;
  /** Whether `maxUnavailable` counts (gate MaxUnavailableStatefulSet). */
  readonly honoursMaxUnavailable: boolean;
  /** `--concurrent-statefulset-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/**
 * Gives every ordinal of a StatefulSet its pod (pkg/controller/statefulset). It has no expectations: pods have names,
 * and none can be made twice; since 1.36 it waits for its caches to show its own last writes.
 */
export class StatefulSetController {
  private readonly parts: StatefulSetControllerParts;
  private readonly queue: WorkQueue;
  private readonly world: StatefulSetWorld;
  private readonly refs: ControllerRefManager<StatefulSet, Pod>;
  private readonly revisionRefs: ControllerRefManager<StatefulSet, ControllerRevision>;

  constructor(parts: StatefulSetControllerParts) {
    const { process, client, events, sets, pods, revisions, workers } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'statefulset', workers, (key) => this.sync(key));
    this.world = {
      clock: process,
      client,
      events,
      sets,
      honoursMaxUnavailable: parts.honoursMaxUnavailable,
      lastWrites: new LastWrites(parts.staleCacheChecks),
      shapes: parts.shapes,
      claims: parts.claims && new StatefulClaims({ ...parts, claims: parts.claims }),
    };
    const wake = ({ id }: StatefulSet): void => this.queue.add(id);
    this.refs = new ControllerRefManager(client, sets, pods, wake, { mayBelong: isMemberOf });
    this.revisionRefs = new ControllerRefManager(client, sets, revisions, wake);
    sets.addHandler({
      added: ({ id }) => this.queue.add(id),
      updated: (_, { id }) => this.queue.add(id),
      deleted: ({ id }) => this.queue.add(id),
    });
    pods.addHandler({
      added: (pod) => this.podAdded(pod),
      updated: (previous, pod) => this.podUpdated(previous, pod),
      deleted: (pod) => this.podChanged(pod),
    });
  }

  private podAdded(pod: Pod): void {
    this.podChanged(pod);
    this.refs.noticed(undefined, pod);
  }

  private podChanged(pod: Pod): StatefulSet | undefined {
    const set = this.ownerOf(pod);
    if (set !== undefined) this.queue.add(set.id);
    return set;
  }

  private podUpdated(previous: Pod, pod: Pod): void {
    if (previous.metadata.ownerReferences !== pod.metadata.ownerReferences) this.podChanged(previous);
    const set = this.podChanged(pod);
    this.refs.noticed(previous, pod);
    // A pod that has just become ready counts as available only later, and nothing else would say so.
    if (set !== undefined && !previous.status.ready && pod.status.ready && set.spec.minReadySeconds > 0)
      this.queue.addAfter(set.id, set.spec.minReadySeconds * 1e9);
  }

  private ownerOf(pod: Pod): StatefulSet | undefined {
    const owner = controllerOf(pod.metadata);
    if (owner === undefined || owner.kindId !== STATEFUL_SET.id) return undefined;
    return this.parts.sets.cache.byId(owner.id);
  }

  private *sync(key: number): Task {
    const { sets, pods, revisions, syncNs, process } = this.parts;
    if (!sets.synced || !pods.synced || !revisions.synced || this.world.claims?.synced === false) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    if (syncNs > 0) yield work(syncNs);
    const { lastWrites, claims } = this.world;
    if (!lastWrites.seen(key, pods.syncedRevision, sets.syncedRevision) || claims?.seen(key) === false) {
      this.queue.addRateLimited(key);
      return;
    }
    const set = sets.cache.byId(key);
    if (set === undefined) {
      lastWrites.forget(key);
      claims?.forget(key);
      this.queue.forget(key);
      return;
    }
    const history = yield* this.revisionRefs.claim(set, revisions.cache.ownedBy(STATEFUL_SET.id, key).values());
    const { objects: listed, error } = yield* this.refs.claim(set, pods.cache.ownedBy(STATEFUL_SET.id, key).values());
    const { nowNs } = process;
    const sync = new StatefulSetSync(this.world, set, listed, history.objects);
    const fine = history.error === '' && error === '';
    if (!fine || !(yield* sync.run())) {
      this.queue.addRateLimited(key);
      return;
    }
    const { minReadySeconds } = set.spec;
    if (minReadySeconds > 0 && sync.status.readyReplicas !== sync.status.availableReplicas)
      this.queue.addAfter(key, nextAvailabilityNs(listed, minReadySeconds, nowNs, process.nowNs));
    this.queue.forget(key);
  }
}
