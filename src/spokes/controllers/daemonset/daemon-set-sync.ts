import type { ControllerRevision } from '../../../api/controller-revision.js';
import type { DaemonSet, DaemonSetStatus } from '../../../api/daemon-set.js';
import { DAEMON_SET } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { ControllerRefManager } from '../../../client/controller-ref-manager.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Expectations } from '../../../client/expectations.js';
import type { Informer } from '../../../client/informer.js';
import type { LastWrites } from '../../../client/last-writes.js';
import type { PodControl } from '../../../client/pod-control.js';
import type { Wait } from '../../../client/task.js';
import type { DaemonNodes } from './daemon-nodes.js';
import type { DaemonNodesBySet } from './daemon-nodes-by-set.js';
import type { DaemonPodsMaker } from './daemon-pods-maker.js';
import { DaemonRevisions } from './daemon-revisions.js';
import { BURST_REPLICAS, type DaemonSetPlan, planDaemonSet } from './daemon-set-plan.js';
import { daemonCounts, statusIsCurrent } from './daemon-set-status.js';
import type { DaemonTally } from './daemon-tally.js';
import type { FailedPodBackoff } from './failed-pod-backoff.js';
import { rollingUpdate } from './rolling-update.js';

/** Tries to write a status (StatusUpdateRetries + 1). */
const STATUS_TRIES = 2;

/** What every sync needs of its controller. */
export interface DaemonSetWorld {
  readonly clock: { readonly nowNs: number };
  /** For times that are compared with those that kubelets have written. */
  readonly wall: { readonly nowNs: number };
  readonly client: ApiClient;
  readonly events: EventRecorder;
  readonly nodes: DaemonNodesBySet;
  readonly pods: Informer<Pod>;
  readonly revisions: Informer<ControllerRevision>;
  readonly control: PodControl;
  readonly expectations: Expectations;
  readonly lastWrites: LastWrites;
  readonly maker: DaemonPodsMaker;
  readonly backoff: FailedPodBackoff;
  readonly refs: ControllerRefManager<DaemonSet, Pod>;
  readonly revisionRefs: ControllerRefManager<DaemonSet, ControllerRevision>;
}

/** One reconciliation of a DaemonSet (daemon_controller.go syncDaemonSet). */
export class DaemonSetSync {
  /** When it must be looked at again; -1 if nothing but a change can make a difference. */
  recheckDelayNs: number;
  private readonly world: DaemonSetWorld;
  private readonly set: DaemonSet;
  private readonly nodes: DaemonNodes;
  private hash: string;
  /** Claimed at the beginning: orphans that the cache may still show as such. */
  private adopted: readonly Pod[];

  constructor(world: DaemonSetWorld, set: DaemonSet) {
    this.world = world;
    this.set = set;
    this.nodes = world.nodes.of(set);
    this.nodes.begin(set, world.maker.tolerant(set.spec.template));
    this.hash = '';
    this.adopted = [];
    this.recheckDelayNs = -1;
  }

  /** The pods as the cache has them by now. */
  private get pods(): readonly Pod[] {
    const owned = this.world.pods.cache.ownedBy(DAEMON_SET.id, this.set.id);
    return [...owned.values(), ...this.adopted.filter(({ id }) => !owned.has(id))];
  }

  /** Adopts and releases pods; false after an error. */
  private *claim(): Generator<Wait, boolean, void> {
    const owned = this.world.pods.cache.ownedBy(DAEMON_SET.id, this.set.id);
    const doubtful = this.nodes.selectsAll ? [] : owned.values();
    const { objects, error } = yield* this.world.refs.claim(this.set, doubtful);
    this.adopted = objects.filter(({ metadata }) => controllerOf(metadata) === undefined);
    return error === '';
  }

  /** False where it must be tried again. */
  *run(): Generator<Wait, boolean, void> {
    const owned = this.world.revisions.cache.ownedBy(DAEMON_SET.id, this.set.id);
    const history = yield* this.world.revisionRefs.claim(this.set, owned.values());
    if (history.error !== '' || !(yield* this.claim())) return false;
    const revisions = new DaemonRevisions(this.world.client, this.set, () => this.pods, history.objects);
    this.hash = yield* revisions.construct();
    if (this.hash === '') return false;
    const satisfied = this.satisfied;
    const fine = !satisfied || ((yield* this.update()) && (yield* revisions.cleanUp()));
    return (yield* this.writeStatus(satisfied)) && fine;
  }

  private get satisfied(): boolean {
    return this.world.expectations.satisfied(this.set.id, this.world.clock.nowNs);
  }

  /** What nodes and pods come to by now. */
  private look(): DaemonTally {
    return this.nodes.look(this.hash, this.world.wall.nowNs, this.adopted);
  }

  private plan(): DaemonSetPlan {
    const { world, set, hash } = this;
    const inBackoff = (node: string): boolean => world.backoff.isOn(set.id, node, world.clock.nowNs);
    return planDaemonSet({ spec: set.spec, hash, nowNs: world.wall.nowNs, inBackoff }, this.look().wanting);
  }

  /** Puts the right number of pods on every node, and goes on with a rolling update when there is nothing to wait for. */
  private *update(): Generator<Wait, boolean, void> {
    const { set } = this;
    const plan = this.plan();
    this.noteFailures(plan);
    if (!(yield* this.write(plan.newNodes, plan.doomed))) return false;
    if (!this.satisfied || set.spec.updateStrategy === 'OnDelete') return true;
    const step = rollingUpdate(set.spec, this.look());
    return yield* this.write(step.newNodes.slice(0, BURST_REPLICAS), step.doomed.slice(0, BURST_REPLICAS));
  }

  private noteFailures({ failedNodes, heldBackNodes }: DaemonSetPlan): void {
    const { world, set } = this;
    for (const node of failedNodes) {
      world.backoff.lengthen(set.id, node, world.clock.nowNs);
      const message = `Found failed daemon pod on node ${node}, will try to kill it`;
      world.events.event(set, 'Warning', 'FailedDaemonPod', message);
    }
    for (const node of heldBackNodes) this.recheckWithin(world.backoff.delayNs(set.id, node));
  }

  private recheckWithin(delayNs: number): void {
    this.recheckDelayNs = this.recheckDelayNs < 0 ? delayNs : Math.min(this.recheckDelayNs, delayNs);
  }

  /** Creates pods for nodes, then deletes others (syncNodes); false after an error. */
  private *write(newNodes: readonly string[], doomed: readonly Pod[]): Generator<Wait, boolean, void> {
    const { world, set, hash } = this;
    const ids = doomed.map(({ id }) => id);
    world.expectations.expect(set.id, newNodes.length, ids, world.clock.nowNs);
    const podAt = (index: number): Pod => world.maker.pod(set, newNodes[index]!, hash);
    const createError = yield* world.control.create(set, newNodes.length, podAt);
    const deleteError = yield* world.control.delete(set, doomed);
    return createError === '' && deleteError === '';
  }

  /** Writes the status if it differs, on a conflict once more after a GET; false after an error. */
  private *writeStatus(observes: boolean): Generator<Wait, boolean, void> {
    const { world, set } = this;
    const status = this.statusNow(observes);
    const { minReadySeconds } = set.spec;
    if (minReadySeconds > 0 && status.numberReady !== status.numberAvailable) this.recheckWithin(minReadySeconds * 1e9);
    if (statusIsCurrent(set.status, status, set.metadata.generation)) return true;
    let target = set;
    for (let tries = 1; ; tries++) {
      const call = world.client.updateStatus(target.withStatus(status));
      yield call;
      if (call.ok) {
        world.lastWrites.wroteOwner(set.id, call.object!.revision);
        return true;
      }
      if (tries === STATUS_TRIES) return false;
      const fresh = world.client.get(DAEMON_SET, set.metadata.namespace, set.metadata.name);
      yield fresh;
      if (!fresh.ok) return false;
      target = fresh.object as DaemonSet;
    }
  }

  private statusNow(observes: boolean): DaemonSetStatus {
    const { set } = this;
    const { collisionCount, observedGeneration } = set.status;
    return {
      ...daemonCounts(this.look().totals),
      collisionCount,
      observedGeneration: observes ? set.metadata.generation : observedGeneration,
    };
  }
}
