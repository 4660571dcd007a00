import type { Call } from '../../../api/call.js';
import type { ControllerRevision } from '../../../api/controller-revision.js';
import type { Pod } from '../../../api/pod.js';
import type { PodShapes } from '../../../api/pod-shapes.js';
import type { StatefulSet, StatefulSetStatus } from '../../../api/stateful-set.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { LastWrites } from '../../../client/last-writes.js';
import { nextBatchSize } from '../../../client/slow-start.js';
import { sleep, type Wait } from '../../../client/task.js';
import { isWanted, ordinalOf, podName } from './ordinal.js';
import { SetRevisions } from './set-revisions.js';
import type { StatefulClaims } from './stateful-claims.js';
import { statefulPod } from './stateful-pod.js';
import { planStatefulSet, type StatefulSetAction } from './stateful-set-plan.js';
import { countReplicas, type RevisionPair, statefulSetStatus, statusIsCurrent } from './stateful-set-status.js';

/** How often a status that met a conflict is tried, and the pause between (retry.DefaultRetry). */
const STATUS_TRIES = 5;
const STATUS_PAUSE_NS = 10e6;

/** Most actions of a Parallel set at once (stateful_set_control MaxBatchSize). */
const BATCH_MAX = 500;

/** What every sync needs of its controller. */
export interface StatefulSetWorld {
  readonly clock: { readonly nowNs: number };
  readonly client: ApiClient;
  readonly events: EventRecorder;
  readonly sets: Informer<StatefulSet>;
  readonly lastWrites: LastWrites;
  /** Whether `maxUnavailable` counts (gate MaxUnavailableStatefulSet). */
  readonly honoursMaxUnavailable: boolean;
  readonly shapes: PodShapes;
  /** Undefined where no set claims anything. */
  readonly claims: StatefulClaims | undefined;
}

/** One reconciliation of a StatefulSet (stateful_set_control UpdateStatefulSet). */
export class StatefulSetSync {
  /** What the status became, once {@link run} has ended well. */
  status: StatefulSetStatus;
  private readonly world: StatefulSetWorld;
  private readonly set: StatefulSet;
  private readonly pods: readonly Pod[];
  private readonly history: SetRevisions;

  constructor(
    world: StatefulSetWorld,
    set: StatefulSet,
    pods: readonly Pod[],
    revisions: readonly ControllerRevision[],
  ) {
    this.world = world;
    this.set = set;
    this.pods = pods;
    this.history = new SetRevisions(world.client, set, revisions);
    this.status = set.status;
  }

  /** False where it must be tried again. */
  *run(): Generator<Wait, boolean, void> {
    const update = yield* this.history.update();
    if (update === '') return false;
    const { currentRevision } = this.set.status;
    const revisions: RevisionPair = { current: this.history.knows(currentRevision) ? currentRevision : update, update };
    const performed = yield* this.perform(revisions);
    const truncated = yield* this.history.truncate(revisions.current, update, this.pods);
    return performed && truncated;
  }

  /** The stages of the plan, then the status, also after an error. */
  private *perform(revisions: RevisionPair): Generator<Wait, boolean, void> {
    const { spec, status, metadata } = this.set;
    const { nowNs } = this.world.clock;
    const plan = planStatefulSet({
      spec,
      currentReplicas: status.currentReplicas,
      deleting: metadata.deleting,
      pods: this.pods,
      revisions,
      nowNs,
      honoursMaxUnavailable: this.world.honoursMaxUnavailable,
    });
    let fine = yield* this.settleClaims(true);
    for (const [index, stage] of plan.stages.entries()) {
      fine &&= yield* this.performStage(stage);
      if (index === 0 && plan.stages.length > 1) fine &&= yield* this.settleClaims(false);
      if (!fine) break;
    }
    const counts = fine ? plan.counts : countReplicas(this.pods, spec.minReadySeconds, revisions, nowNs);
    const next = statefulSetStatus(spec, counts, revisions, metadata.generation, this.history.collisionCount);
    return (yield* this.writeStatus(next)) && fine;
  }

  /** Sees to the claims of the pods that the set wants, or of those that it does not, before they go. */
  private *settleClaims(wanted: boolean): Generator<Wait, boolean, void> {
    const { claims } = this.world;
    const { storage } = this.set.spec;
    if (claims === undefined || storage === undefined || this.set.metadata.deleting) return true;
    for (const pod of this.pods) {
      if (isWanted(this.set.spec, ordinalOf(pod)) !== wanted) continue;
      if (!(yield* claims.settle({ set: this.set, storage }, pod))) return false;
    }
    return true;
  }

  /** Makes the claims of the pods that are to be made; whether the pods may be. */
  private *makeClaims(actions: readonly StatefulSetAction[]): Generator<Wait, boolean, void> {
    const { claims } = this.world;
    const { storage } = this.set.spec;
    if (claims === undefined || storage === undefined) return true;
    const claimant = { set: this.set, storage };
    let fine = true;
    for (const action of actions) {
      if (action.verb === 'delete') continue;
      const error = yield* claims.create(claimant, action.ordinal);
      if (error === '') continue;
      this.record('create', podName(this.set.metadata.name, action.ordinal), error);
      fine = false;
    }
    return fine;
  }

  /** Slots one by one, or in batches where the set is Parallel: a batch with an error in it is the last. */
  private *performStage(slots: readonly (StatefulSetAction | undefined)[]): Generator<Wait, boolean, void> {
    const ordered = this.set.spec.podManagementPolicy === 'OrderedReady';
    let done = 0;
    for (let size = 0; ; ) {
      while (ordered && done < slots.length && slots[done] === undefined) done++;
      size = ordered ? Math.min(1, slots.length - done) : Math.min(BATCH_MAX, nextBatchSize(size, slots.length - done));
      if (size === 0) return true;
      const actions = slots.slice(done, done + size).filter((action) => action !== undefined);
      if (actions.some((action) => this.isHeldUp(action))) return true;
      if (!(yield* this.makeClaims(actions))) return false;
      const calls = actions.map((action) => this.start(action));
      done += size;
      let fine = true;
      for (const [index, call] of calls.entries()) {
        if (!call.done) yield call;
        if (!this.ended(actions[index]!, call)) fine = false;
      }
      if (!fine) return false;
    }
  }

  /** Whether claims of an earlier pod have to go first: then no more is done this time. */
  private isHeldUp(action: StatefulSetAction): boolean {
    const { storage } = this.set.spec;
    if (storage === undefined || action.verb === 'delete') return false;
    return this.world.claims?.holdsUp({ set: this.set, storage }, action.ordinal) === true;
  }

  private start(action: StatefulSetAction): Call {
    if (action.verb === 'delete') return this.world.client.delete(action.pod);
    const template = this.history.template(action.revision);
    return this.world.client.create(
      statefulPod(this.set, action.ordinal, action.revision, template, this.world.shapes),
    );
  }

  /** Whether an action came to a good end, about which there is an event (recordPodEvent). */
  private ended(action: StatefulSetAction, call: Call): boolean {
    const { set } = this;
    const { lastWrites } = this.world;
    if (action.verb === 'create') {
      if (call.ok) lastWrites.wrotePod(set.id, call.object!.revision);
      // Somebody's pod of that name is there: the cache will show it.
      if (call.reason === 'AlreadyExists') return false;
      return this.record('create', podName(set.metadata.name, action.ordinal), call.ok ? '' : call.error);
    }
    return this.record('delete', action.pod.metadata.name, call.ok || call.code === 404 ? '' : call.error);
  }

  private record(verb: 'create' | 'delete', pod: string, error: string): boolean {
    const reason = verb === 'create' ? 'Create' : 'Delete';
    const what = `${verb} Pod ${pod} in StatefulSet ${this.set.metadata.name}`;
    if (error === '') this.world.events.event(this.set, 'Normal', `Successful${reason}`, `${what} successful`);
    else this.world.events.event(this.set, 'Warning', `Failed${reason}`, `${what} failed error: ${error}`);
    return error === '';
  }

  /** On a conflict again, from what the cache shows by then (stateful_set_status_updater). */
  private *writeStatus(status: StatefulSetStatus): Generator<Wait, boolean, void> {
    this.status = status;
    if (statusIsCurrent(this.set.status, status)) return true;
    let target = this.set;
    for (let tries = 1; ; tries++) {
      const call = this.world.client.updateStatus(target.withStatus(status));
      yield call;
      if (call.ok) {
        this.world.lastWrites.wroteOwner(this.set.id, call.object!.revision);
        return true;
      }
      if (call.reason !== 'Conflict' || tries === STATUS_TRIES) return false;
      yield sleep(STATUS_PAUSE_NS);
      target = this.world.sets.cache.byId(this.set.id) ?? target;
    }
  }
}
