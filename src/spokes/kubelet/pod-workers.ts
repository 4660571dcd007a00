import type { Pod } from '../../api/pod.js';
import { Admission } from './admission.js';
import { type ContainerListener, ContainerLives } from './container-lives.js';
import { EXITED, NO_EVENT, RUNNING, STARTING } from './container-rows.js';
import { ContainerUsage } from './container-usage.js';
import type { ImagePuller } from './image-puller.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import { StepFinder } from './next-step.js';
import { NodeResources } from './node-resources.js';
import { Pleg } from './pleg.js';
import { PodEvents } from './pod-events.js';
import { ADMITTED, BUSY, ENDED, HOOKED, INITIALIZED, KILLING, LIVE, ORPHANED, SYNC_AGAIN } from './pod-rows.js';
import { PodTable } from './pod-table.js';
import { type ProbeOutcomes, Prober } from './prober.js';
import { ReadinessGates } from './readiness-gates.js';
import { Relists } from './relists.js';
import { type EndReason, REASONS } from './status-finder.js';
import { StatusManager } from './status-manager.js';
import { SyncTimer } from './sync-timer.js';

/**
 * The pod workers of all kubelets (pod_workers.go): each pod is taken, synced whenever a relist or a probe has seen a
 * change, and ended in the end. All that a pod needs is in the rows of a table.
 */
export class PodWorkers implements ContainerListener, ProbeOutcomes {
  readonly table: PodTable;
  readonly statuses: StatusManager;
  private readonly parts: SyncLoopParts;
  private readonly admission: Admission;
  private readonly lives: ContainerLives;
  private readonly prober: Prober;
  private readonly relists: Relists;
  private readonly steps: StepFinder;
  private readonly gates: ReadinessGates;
  private readonly resources: NodeResources;
  private readonly usage: ContainerUsage;
  private readonly timer: SyncTimer;

  constructor(parts: SyncLoopParts, images: ImagePuller) {
    const { engine, client, pods, fleet, behaviour } = parts;
    const pleg = new Pleg(parts.pleg);
    this.parts = parts;
    this.table = new PodTable(engine);
    this.statuses = new StatusManager(engine, client, pods, fleet, this.table, pleg);
    this.admission = new Admission(fleet);
    this.usage = new ContainerUsage(parts.usage);
    const events = new PodEvents(parts, this.table);
    this.lives = new ContainerLives(parts, this.table, images, this.usage, events, this);
    this.resources = new NodeResources(parts, this.table, images, this.usage, pleg, (row, graceNs) => {
      if (!this.isFrozen(row)) this.kill(row, graceNs, 'Evicted');
    });
    this.gates = new ReadinessGates(engine, behaviour, this.table, this.statuses);
    this.prober = new Prober(engine, this.table, fleet, behaviour, events, this);
    this.relists = new Relists(engine, this.table, pleg, (row) => this.seen(row));
    this.steps = new StepFinder(this.table);
    this.timer = new SyncTimer(engine, parts.jitter, this.table, events, (row) => this.sync(row));
  }

  /** A kubelet takes a pod that is bound to its node, or refuses it. */
  take(pod: Pod, node: number): void {
    const { pods } = this.table;
    const row = this.table.add(pod, node);
    pods.set(row, INITIALIZED, this.table.planOf(row).initCount === 0);
    const refusal = this.admission.refusal(node, pod);
    if (refusal !== '') {
      this.parts.events.ofPod(node, pod, 'Warning', refusal, 'Pod was rejected: Node lacks resources');
      pods.reason[row] = REASONS.indexOf(refusal);
      this.end(row);
      return;
    }
    pods.set(row, ADMITTED, true);
    this.admission.take(node, pod);
    if (pod.metadata.deleting) this.killDeleted(row, pod);
    else this.sync(row);
  }

  /** A pod that was running before there was a kubelet to see it start. */
  adopt(pod: Pod, node: number): void {
    const { pods, containers } = this.table;
    const row = this.table.add(pod, node);
    pods.adopt(row);
    this.admission.take(node, pod);
    for (const [index, { role, behaviour }] of this.table.planOf(row).containers.entries()) {
      const container = pods.firstContainer[row]! + index;
      containers.adopt(container, role === 'init', this.parts.engine.nowNs);
      if (behaviour.usage !== undefined) this.usage.begin(container, behaviour.usage);
    }
    this.meter(row);
    this.statuses.adopt(row, pod);
  }

  /** Ends a pod whose object says so; no grace there is no word, and then it has its own (pod_workers.go calculateEffectiveGracePeriod). */
  killDeleted(row: number, { metadata }: Pod): void {
    this.kill(row, metadata.deletionGracePeriodSeconds * 1e9 || this.table.planOf(row).graceNs);
  }

  /** Ends a pod within `graceNs`, for a reason of the kubelet's own if there is one. */
  kill(row: number, graceNs: number, reason: EndReason = ''): void {
    const { pods, containers } = this.table;
    if (pods.stage[row] !== LIVE) return;
    pods.stage[row] = KILLING;
    pods.reason[row] = REASONS.indexOf(reason);
    pods.deadlineNs[row] = this.parts.engine.nowNs + graceNs;
    pods.set(row, BUSY, false);
    if (pods.timer[row] !== NO_EVENT) this.parts.engine.cancel(pods.timer[row]!);
    pods.timer[row] = NO_EVENT;
    const firstApp = pods.firstContainer[row]! + this.table.planOf(row).initCount;
    for (let container = pods.firstContainer[row]!; container < this.table.endOf(row); container++) {
      if (containers.state[container] === STARTING) this.lives.abandon(container);
      else if (container >= firstApp && containers.state[container] === RUNNING) this.lives.kill(container, graceNs);
    }
    this.killOn(row);
  }

  /** Nobody wants a pod any more: its object is gone. */
  orphan(row: number, pod: Pod): void {
    const { pods } = this.table;
    pods.set(row, ORPHANED, true);
    this.release(row, pod);
    if (!this.parts.fleet.isReachable(pods.node[row]!)) return;
    if (pods.stage[row] === ENDED) this.table.remove(row);
    else this.kill(row, this.table.planOf(row).graceNs);
  }

  /** All that runs on a machine is gone with it. */
  nodeStopped(node: number): void {
    const { pods } = this.table;
    this.resources.nodeStopped(node);
    for (const row of pods.on(node)) {
      this.table.cancelAll(row);
      pods.stop(row);
      pods.set(row, INITIALIZED, this.table.planOf(row).initCount === 0);
      if (pods.stage[row] === ENDED) continue;
      for (let container = pods.firstContainer[row]!; container < this.table.endOf(row); container++)
        this.lives.lose(container);
    }
  }

  /** A kubelet goes on: the relist that was due comes at once, and sees all that has happened. */
  nodeThawed(node: number): void {
    for (const row of this.table.pods.on(node)) this.seen(row);
  }

  /** Whether nobody looks after a pod, since the kubelet stands still. */
  private isFrozen(row: number): boolean {
    return this.parts.fleet.isFrozen(this.table.pods.node[row]!);
  }

  /** A kubelet has started, or can reach the API server again: it compares its pods with those it is told of. */
  nodeBack(node: number): void {
    const { pods } = this.table;
    this.resources.nodeBack(node);
    for (const row of pods.on(node)) {
      const pod = this.parts.pods.cache.byId(pods.podId[row]!);
      if (pod === undefined && pods.isStatic(row)) this.sync(row);
      else if (pod === undefined) this.orphanLeft(row);
      else this.takeUp(row, pod);
    }
  }

  private orphanLeft(row: number): void {
    const { pods } = this.table;
    pods.set(row, ORPHANED, true);
    if (pods.stage[row] === ENDED) this.table.remove(row);
    else if (pods.stage[row] === LIVE) this.kill(row, this.table.planOf(row).graceNs);
    else this.killOn(row);
  }

  private takeUp(row: number, pod: Pod): void {
    this.statuses.resume(row, pod);
    const { stage } = this.table.pods;
    if (stage[row] === KILLING) this.killOn(row);
    else if (stage[row] !== LIVE) return;
    else if (pod.metadata.deleting) this.killDeleted(row, pod);
    else this.sync(row);
  }

  containerRuns(container: number): void {
    const { pods, containers } = this.table;
    const row = containers.pod[container]!;
    this.prober.running(container);
    if (this.table.containerPlan(container).role === 'app')
      this.parts.probe.containersStarted(pods.podId[row]!, this.parts.engine.nowNs);
    this.meter(row);
    this.relists.changed(row);
    if (this.table.pods.stage[row] === LIVE) this.stepOn(row);
  }

  /** What a node is asked for has changed. */
  private meter(row: number): void {
    if (this.table.planOf(row).metered) this.resources.changed(this.table.pods.node[row]!);
  }

  containerHooked(container: number): void {
    const { pods, containers } = this.table;
    const row = containers.pod[container]!;
    if (pods.is(row, SYNC_AGAIN)) this.sync(row);
    else if (pods.stage[row] === LIVE) this.stepOn(row);
  }

  containerExited(container: number): void {
    const row = this.table.containers.pod[container]!;
    this.meter(row);
    this.relists.changed(row);
    if (this.table.pods.stage[row] === KILLING) this.killOn(row);
  }

  containerUnpulled(container: number): void {
    this.sync(this.table.containers.pod[container]!);
  }

  probedStarted(container: number): void {
    this.sync(this.table.containers.pod[container]!);
  }

  probedReady(container: number): void {
    const row = this.table.containers.pod[container]!;
    this.statuses.update(row);
    this.gates.look(row);
  }

  probedDead(container: number, why: string): void {
    const row = this.table.containers.pod[container]!;
    if (this.table.pods.stage[row] === LIVE) this.lives.kill(container, this.table.planOf(row).graceNs, why);
  }

  /** A relist has looked at a pod: what it does is known from here on. */
  private seen(row: number): void {
    const { pods, containers } = this.table;
    if (this.isFrozen(row)) return;
    for (let container = pods.firstContainer[row]!; container < this.table.endOf(row); container++) {
      const state = containers.state[container]!;
      if (state === containers.seen[container] || (state !== RUNNING && state !== EXITED)) continue;
      containers.seen[container] = state;
      if (state === RUNNING && pods.stage[row] === LIVE) this.prober.seen(container);
    }
    if (pods.stage[row] === LIVE) this.sync(row);
    else if (pods.stage[row] === KILLING && !this.table.runs(row, false)) this.end(row);
  }

  /** Reports a pod and does the next thing it needs (kubelet.go SyncPod). */
  private sync(row: number): void {
    const { pods } = this.table;
    if (pods.stage[row] !== LIVE || this.isFrozen(row)) return;
    const hooked = pods.is(row, HOOKED);
    pods.set(row, SYNC_AGAIN, hooked);
    if (hooked) return;
    this.statuses.update(row);
    this.gates.look(row);
    this.stepOn(row);
  }

  /** Does the next thing a pod needs, unless its worker is at one. */
  private stepOn(row: number): void {
    const { pods } = this.table;
    if (pods.is(row, BUSY) || this.isFrozen(row)) return;
    const step = this.steps.find(row, this.parts.engine.nowNs);
    if (step.ended) this.finish(row);
    else if (step.start >= 0) this.lives.start(step.start);
    else this.timer.await(row, step.againNs);
  }

  /** The app has ended by itself; sidecars that still run are told to. */
  private finish(row: number): void {
    if (this.table.runs(row, false)) this.kill(row, this.table.planOf(row).graceNs);
    else this.end(row);
  }

  /** The app's containers end at once, then the sidecars, the last one first (kuberuntime termination_order.go). */
  private killOn(row: number): void {
    const { pods, containers } = this.table;
    if (this.table.runs(row, true) || this.isFrozen(row)) return;
    const leftNs = Math.max(0, pods.deadlineNs[row]! - this.parts.engine.nowNs);
    for (let container = this.table.endOf(row) - 1; container >= pods.firstContainer[row]!; container--) {
      if (containers.state[container] !== RUNNING) continue;
      this.lives.kill(container, leftNs);
      return;
    }
    this.relists.changed(row);
  }

  /** A pod has ended: says so, and forgets it if nobody is left to be told. */
  private end(row: number): void {
    const { pods } = this.table;
    this.table.cancelAll(row);
    pods.stage[row] = ENDED;
    this.resources.ended(row);
    this.release(row, this.parts.pods.cache.byId(pods.podId[row]!));
    if (pods.is(row, ORPHANED)) this.table.remove(row);
    else this.statuses.report(row);
  }

  private release(row: number, pod: Pod | undefined): void {
    const { pods } = this.table;
    if (pod === undefined || !pods.is(row, ADMITTED)) return;
    pods.set(row, ADMITTED, false);
    this.admission.give(pods.node[row]!, pod);
  }
}
