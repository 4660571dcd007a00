import type { EventHandle, EventKind } from '../../engine/index.js';
import type { Distribution } from '../../random/distribution.js';
import {
  EXITED,
  KILLED,
  NO_EVENT,
  OUT_OF_MEMORY,
  OVERDUE,
  RUNNING,
  STARTING,
  UNPULLED,
  WAITING,
} from './container-rows.js';
import type { ContainerUsage } from './container-usage.js';
import { CRASH_LOOP } from './crash-loop-backoff.js';
import type { ImagePuller } from './image-puller.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import type { PodEvents } from './pod-events.js';
import { BUSY, HOOKED, SANDBOXED } from './pod-rows.js';
import type { PodTable } from './pod-table.js';

/** Processes get at least so long to end (kuberuntime_manager.go minimumGracePeriodInSeconds). */
const GRACE_MIN_NS = 2e9;

/** Who is told what containers do. */
export interface ContainerListener {
  containerRuns(container: number): void;
  containerExited(container: number): void;
  /** Its postStart hook is over, one way or another. */
  containerHooked(container: number): void;
  /** Its image could not be had. */
  containerUnpulled(container: number): void;
}

/** What happens to containers on their machines: they are pulled, created, run and end. */
export class ContainerLives {
  private readonly parts: SyncLoopParts;
  private readonly table: PodTable;
  private readonly images: ImagePuller;
  private readonly usage: ContainerUsage;
  private readonly events: PodEvents;
  private readonly listener: ContainerListener;
  private readonly createdKind: EventKind;
  private readonly exitedKind: EventKind;
  private readonly hookedKind: EventKind;
  /** The ends of postStart hooks that are awaited, by container. */
  private readonly hooks: Map<number, EventHandle>;

  constructor(
    parts: SyncLoopParts,
    table: PodTable,
    images: ImagePuller,
    usage: ContainerUsage,
    events: PodEvents,
    listener: ContainerListener,
  ) {
    const { engine } = parts;
    this.parts = parts;
    this.table = table;
    this.images = images;
    this.usage = usage;
    this.hooks = new Map();
    this.events = events;
    this.listener = listener;
    this.createdKind = engine.register('kubelet: container created', (row) => this.created(row), 'timer');
    this.exitedKind = engine.register('kubelet: container ended', (row) => this.exited(row), 'timer');
    this.hookedKind = engine.register('kubelet: postStart hook over', (row) => this.unhook(row), 'timer');
    images.onPulled((container, ok) => this.pulled(container, ok));
  }

  /** Starts a container that waits or has ended; its pod's worker is busy until it runs or has failed to. */
  start(container: number): void {
    const { containers, pods } = this.table;
    const row = containers.pod[container]!;
    if (containers.state[container] === EXITED) {
      const finishedNs = containers.finishedNs[container]!;
      containers.restarts.record(container, finishedNs, this.parts.engine.nowNs);
    }
    containers.state[container] = STARTING;
    pods.set(row, BUSY, true);
    const { image, pullPolicy } = this.table.containerPlan(container);
    if (this.images.has(pods.node[row]!, image, pullPolicy)) {
      this.events.present(container);
      this.create(container);
    } else {
      this.events.pulling(container);
      this.images.pull(pods.node[row]!, image, pullPolicy, container);
    }
  }

  private pulled(container: number, ok: boolean): void {
    const { containers, pods } = this.table;
    containers.set(container, UNPULLED, !ok);
    this.events.pulled(container, ok);
    if (ok) {
      this.create(container);
      return;
    }
    const { nowNs } = this.parts.engine;
    containers.pulls.record(container, nowNs, nowNs);
    containers.state[container] = containers.runs[container] === 0 ? WAITING : EXITED;
    pods.set(containers.pod[container]!, BUSY, false);
    this.listener.containerUnpulled(container);
  }

  /** The first container of a pod takes the volumes, the sandbox and its network with it. */
  private create(container: number): void {
    const { engine, podStart, containerStart, fleet, volumeMount, volumes } = this.parts;
    const { containers, pods } = this.table;
    const row = containers.pod[container]!;
    const isFirst = !pods.is(row, SANDBOXED);
    const cost = isFirst ? podStart : containerStart;
    pods.set(row, SANDBOXED, true);
    const mountNs = isFirst && this.table.planOf(row).mounts ? volumeMount.sample(volumes) : 0;
    const delayNs = fleet.slowedNs(pods.node[row]!, mountNs + cost.sample(this.parts.stream));
    containers.timer[container] = engine.schedule(delayNs, this.createdKind, container);
  }

  private created(container: number): void {
    const { engine } = this.parts;
    const { containers, pods } = this.table;
    containers.state[container] = RUNNING;
    containers.seen[container] = WAITING;
    containers.flags[container] = 0;
    containers.runs[container]!++;
    containers.startedNs[container] = engine.nowNs;
    containers.timer[container] = NO_EVENT;
    this.events.created(container);
    const { behaviour } = this.table.containerPlan(container);
    if (behaviour.usage !== undefined) this.usage.begin(container, behaviour.usage);
    if (behaviour.postStart === undefined) pods.set(containers.pod[container]!, BUSY, false);
    else this.hook(container, behaviour.postStart);
    this.awaitExit(container);
    this.listener.containerRuns(container);
  }

  /** The worker waits for the hook: it neither starts nor reports anything meanwhile (kuberuntime startContainer). */
  private hook(container: number, postStart: Distribution): void {
    const { containers, pods } = this.table;
    pods.set(containers.pod[container]!, HOOKED, true);
    const delayNs = postStart.sample(this.parts.behaviour);
    this.hooks.set(container, this.parts.engine.schedule(delayNs, this.hookedKind, container));
  }

  private unhook(container: number): void {
    this.dropHook(container);
    this.listener.containerHooked(container);
  }

  /** Nobody waits for a hook any more. */
  private dropHook(container: number): void {
    const handle = this.hooks.get(container);
    if (handle === undefined) return;
    this.parts.engine.cancel(handle);
    this.hooks.delete(container);
    const { containers, pods } = this.table;
    const row = containers.pod[container]!;
    pods.set(row, HOOKED, false);
    pods.set(row, BUSY, false);
  }

  /**
   * An app that ends so late that its backoff would be forgotten ends unforeseen, and nobody waits for it; what ends
   * earlier is a task, or crashes in a loop.
   */
  private awaitExit(container: number): void {
    const { containers } = this.table;
    const row = containers.pod[container]!;
    const { behaviour, role } = this.table.containerPlan(container);
    const ends = behaviour.exitAfter !== undefined && containers.runs[container]! <= behaviour.exitRuns;
    const endNs = ends ? behaviour.exitAfter!.sample(this.parts.behaviour) : Number.POSITIVE_INFINITY;
    const fullNs = this.untilFullNs(container);
    const delayNs = Math.min(endNs, fullNs);
    if (delayNs === Number.POSITIVE_INFINITY) return;
    containers.set(container, OUT_OF_MEMORY, fullNs < endNs);
    const isTask = role === 'init' || (role === 'app' && this.table.planOf(row).restartPolicy !== 'Always');
    const unforeseen = !isTask && delayNs > CRASH_LOOP.expireNs;
    containers.timer[container] = this.parts.engine.scheduleAs(unforeseen, delayNs, this.exitedKind, container);
  }

  /** When it comes to its limit of memory, and the kernel kills it. */
  private untilFullNs(container: number): number {
    const { behaviour, memoryLimit } = this.table.containerPlan(container);
    if (behaviour.usage === undefined || memoryLimit === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    return this.usage.memoryAgeNs(container, memoryLimit);
  }

  private exited(container: number): void {
    this.parts.engine.become(false);
    this.end(container, this.codeOf(container));
    this.listener.containerExited(container);
  }

  private codeOf(container: number): number {
    const { containers } = this.table;
    const { behaviour } = this.table.containerPlan(container);
    if (!containers.is(container, KILLED))
      return containers.is(container, OUT_OF_MEMORY) ? SIGKILLED : behaviour.exitCode;
    if (containers.is(container, OVERDUE)) return SIGKILLED;
    return this.table.planOf(containers.pod[container]!).restartPolicy === 'Always' ? 0 : SIGTERMED;
  }

  /** The container is gone, with this exit code. */
  private end(container: number, code: number): void {
    const { containers } = this.table;
    this.dropHook(container);
    this.table.cancelContainer(container);
    containers.state[container] = EXITED;
    containers.exitCode[container] = code;
    containers.finishedNs[container] = this.parts.engine.nowNs;
  }

  /**
   * Ends a container, for a reason if there is one: its preStop hook, then SIGTERM, and SIGKILL when `graceNs` from now are over
   * (kuberuntime_container.go killContainer).
   */
  kill(container: number, graceNs: number, why?: string): void {
    const { containers, pods } = this.table;
    if (containers.is(container, KILLED)) return;
    this.events.killing(container, why);
    const { engine, fleet, podStop, stream, behaviour } = this.parts;
    this.dropHook(container);
    this.table.cancelProbes(container);
    if (containers.timer[container] !== NO_EVENT) engine.cancel(containers.timer[container]!);
    const hook: Distribution | undefined = this.table.containerPlan(container).behaviour.preStop;
    const hookNs = hook === undefined ? 0 : Math.min(hook.sample(behaviour), graceNs);
    const leftNs = Math.max(graceNs - hookNs, GRACE_MIN_NS);
    const stopNs = fleet.slowedNs(pods.node[containers.pod[container]!]!, podStop.sample(stream));
    const hangs = containers.hangsNs[container]! <= engine.nowNs;
    containers.set(container, KILLED, true);
    containers.set(container, OVERDUE, hangs || stopNs > leftNs);
    const delayNs = hookNs + (hangs ? leftNs : Math.min(stopNs, leftNs));
    containers.timer[container] = engine.scheduleAs(false, delayNs, this.exitedKind, container);
  }

  /** A container that was about to be started is not. */
  abandon(container: number): void {
    const { containers } = this.table;
    this.images.cancel(container);
    this.table.cancelContainer(container);
    containers.state[container] = containers.runs[container] === 0 ? WAITING : EXITED;
  }

  /** Its machine has stopped under it. */
  lose(container: number): void {
    this.images.cancel(container);
    this.dropHook(container);
    this.table.cancelContainer(container);
    this.table.containers.reset(container);
    this.table.containers.restarts.clear(container);
  }
}

const SIGTERMED = 143;
const SIGKILLED = 137;
