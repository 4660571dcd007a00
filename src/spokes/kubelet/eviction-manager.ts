import type { EventHandle, EventKind } from '../../engine/index.js';
import { NO_EVENT } from './container-rows.js';
import { METERED, type Metered } from './container-usage.js';
import { CRASH_LOOP } from './crash-loop-backoff.js';
import type { EvictionConfig } from './eviction-config.js';
import { type EvictionCandidate, evictedBefore } from './eviction-order.js';
import { type EvictionThreshold, thresholdsOf } from './eviction-threshold.js';
import type { ImageGarbage } from './image-garbage.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import { DISK_PRESSURE, MEMORY_PRESSURE, PID_PRESSURE } from './node-fleet.js';
import type { NodeUsage, Observation } from './node-usage.js';
import type { Pleg } from './pleg.js';
import { CRITICAL_PRIORITY, type PodPlan } from './pod-plan.js';
import { LIVE, SANDBOXED } from './pod-rows.js';
import type { PodTable } from './pod-table.js';

/** How often the kubelet looks (kubelet.go evictionMonitoringPeriod). */
const MONITORING_PERIOD_NS = 10e9;
/** How often it looks whether an evicted pod has gone, and for how long (eviction_manager.go podCleanupPollFreq, podCleanupTimeout). */
const CLEANUP_POLL_NS = 1e9;
const CLEANUP_TIMEOUT_NS = 30e9;
/** What pods get to end when a hard threshold was met (immediateEvictionGracePeriodSeconds). */
const IMMEDIATE_GRACE_NS = 1e9;

const PRESSURE: Readonly<Record<Metered, number>> = {
  memory: MEMORY_PRESSURE,
  disk: DISK_PRESSURE,
  inodes: DISK_PRESSURE,
  pids: PID_PRESSURE,
};

/** What each is called in Events. */
const RESOURCES: Readonly<Record<Metered, string>> = {
  memory: 'memory',
  disk: 'ephemeral-storage',
  inodes: 'inodes',
  pids: 'pids',
};

/** Message of pods that have written too much. */
const OVER_LIMIT = 'Pod ephemeral local storage usage exceeds the limits of its containers.';

/** One node whose pods say what they use. */
interface Watched {
  /** By threshold: since when it has been met, -1 while it is not; and whether its grace was over at the last look. */
  readonly sinceNs: number[];
  readonly due: boolean[];
  /** When each was last short; -1 for never. */
  readonly shortNs: Record<Metered, number>;
  timer: EventHandle;
  /** The pod whose end is waited for, -1 for none. */
  evicted: number;
}

/**
 * Evicts pods from nodes that run out of memory or disk (pkg/kubelet/eviction), one at a time. What pods use grows evenly,
 * so that the next look that can find anything is known: nothing happens at those between.
 */
export class EvictionManager {
  private readonly parts: SyncLoopParts;
  private readonly table: PodTable;
  private readonly usage: NodeUsage;
  private readonly garbage: ImageGarbage;
  private readonly pleg: Pleg;
  private readonly kill: (row: number, graceNs: number) => void;
  private readonly config: EvictionConfig;
  private readonly thresholds: readonly EvictionThreshold[];
  private readonly nodes: Map<number, Watched>;
  private readonly lookKind: EventKind;

  constructor(
    parts: SyncLoopParts,
    table: PodTable,
    usage: NodeUsage,
    garbage: ImageGarbage,
    pleg: Pleg,
    kill: (row: number, graceNs: number) => void,
  ) {
    this.parts = parts;
    this.table = table;
    this.usage = usage;
    this.garbage = garbage;
    this.pleg = pleg;
    this.kill = kill;
    this.config = parts.eviction;
    this.thresholds = thresholdsOf(parts.eviction);
    this.nodes = new Map();
    this.lookKind = parts.engine.register('kubelet: eviction manager', (node) => this.look(node), 'timer');
  }

  /** A container that says what it uses has started or ended, or an image has come or gone. */
  changed(node: number): void {
    let watched = this.nodes.get(node);
    if (watched === undefined) {
      const sinceNs = this.thresholds.map(() => -1);
      const due = this.thresholds.map(() => false);
      watched = { sinceNs, due, shortNs: { memory: -1, disk: -1, inodes: -1, pids: -1 }, timer: NO_EVENT, evicted: -1 };
      this.nodes.set(node, watched);
    }
    if (watched.evicted < 0) this.arm(node, watched);
  }

  /** A pod has ended: if it was evicted, the kubelet looks again as soon as it notices. */
  ended(row: number): void {
    if (this.nodes.size === 0) return;
    const { pods } = this.table;
    const node = pods.node[row]!;
    const watched = this.nodes.get(node);
    if (watched === undefined || watched.evicted !== pods.podId[row]) return;
    watched.evicted = -1;
    this.schedule(node, watched, CLEANUP_POLL_NS, false);
  }

  /** Its machine has stopped, and forgets what it knew. */
  nodeStopped(node: number): void {
    const watched = this.nodes.get(node);
    if (watched === undefined) return;
    if (watched.timer !== NO_EVENT) this.parts.engine.cancel(watched.timer);
    this.nodes.delete(node);
    this.parts.fleet.press(node, 0);
  }

  private look(node: number): void {
    const watched = this.nodes.get(node)!;
    const { engine, fleet, events } = this.parts;
    watched.timer = NO_EVENT;
    watched.evicted = -1;
    const observed = this.usage.observe(node);
    const starved = this.assess(watched, observed);
    const pressure = this.pressure(watched);
    if (pressure !== fleet.pressureOf(node)) {
      engine.become(false);
      events.pressed(node, fleet.pressureOf(node), pressure);
      fleet.press(node, pressure);
      this.parts.pressureChanged(node);
    }
    if (this.evictGreedy(node, watched)) return;
    if (starved !== undefined)
      events.ofNode(node, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${RESOURCES[starved.what]}`);
    const helpless = starved !== undefined && !this.reclaims(node, starved);
    const row = helpless ? this.choose(node, starved) : -1;
    if (row < 0) this.arm(node, watched, helpless);
    else this.relieve(node, watched, row, starved!);
  }

  private relieve(node: number, watched: Watched, row: number, { isHard, what }: EvictionThreshold): void {
    const graceNs = isHard ? IMMEDIATE_GRACE_NS : this.softGraceNs(row);
    this.evict(node, watched, row, graceNs, `The node was low on resource: ${RESOURCES[what]}.`);
  }

  /** Evicts all pods that have written more than their limits allow, whatever is left of the disk; whether there are any. */
  private evictGreedy(node: number, watched: Watched): boolean {
    const greedy = [...this.table.pods.on(node)].filter(
      (row) => this.isEvictable(row) && this.usage.untilOverLimitNs(row) === 0,
    );
    for (const row of greedy) this.evict(node, watched, row, IMMEDIATE_GRACE_NS, OVER_LIMIT);
    return greedy.length > 0;
  }

  private isEvictable(row: number): boolean {
    const { pods } = this.table;
    return pods.stage[row] === LIVE && this.table.planOf(row).priority < CRITICAL_PRIORITY && !pods.isStatic(row);
  }

  /** Throws away what no pod needs, if that is a help; whether it is all that is needed (reclaimNodeLevelResources). */
  private reclaims(node: number, { what }: EvictionThreshold): boolean {
    if (PRESSURE[what] !== DISK_PRESSURE) return false;
    this.garbage.deleteUnused(node);
    const observed = this.usage.observe(node);
    return !this.thresholds.some((threshold) => threshold.isMet(observed, true));
  }

  /** Notes which thresholds are met since when; the first whose grace is over, memory before disk. */
  private assess(watched: Watched, observed: Observation): EvictionThreshold | undefined {
    const { nowNs } = this.parts.engine;
    let starved: EvictionThreshold | undefined;
    for (const [index, threshold] of this.thresholds.entries()) {
      const met = threshold.isMet(observed, watched.due[index]!);
      if (!met) watched.sinceNs[index] = -1;
      else if (watched.sinceNs[index]! < 0) watched.sinceNs[index] = nowNs;
      watched.due[index] = met && nowNs - watched.sinceNs[index]! >= threshold.graceNs;
      if (met) watched.shortNs[threshold.what] = nowNs;
      if (watched.due[index]) starved ??= threshold;
    }
    return starved;
  }

  /** What the node is said to suffer from, until a while after it last did. */
  private pressure({ shortNs }: Watched): number {
    const { nowNs } = this.parts.engine;
    const since = nowNs - this.config.evictionPressureTransitionPeriodNs;
    return METERED.reduce((bits, what) => (isAfter(shortNs[what], since) ? bits | PRESSURE[what] : bits), 0);
  }

  private softGraceNs(row: number): number {
    return Math.min(this.config.evictionMaxPodGracePeriod * 1e9, this.table.planOf(row).graceNs);
  }

  private evict(node: number, watched: Watched, row: number, graceNs: number, message: string): void {
    watched.evicted = this.table.pods.podId[row]!;
    const pod = this.parts.pods.cache.byId(watched.evicted);
    this.parts.events.ofPod(node, pod, 'Warning', 'Evicted', message);
    this.parts.engine.become(false);
    this.schedule(node, watched, CLEANUP_TIMEOUT_NS, false);
    this.kill(row, graceNs);
  }

  /** The first in the order of eviction, -1 if there is none; critical pods are left alone. */
  private choose(node: number, { what }: EvictionThreshold): number {
    const { pods } = this.table;
    let first: EvictionCandidate | undefined;
    for (const row of pods.on(node)) {
      if (!this.isEvictable(row)) continue;
      const plan = this.table.planOf(row);
      const unmeasured = !pods.is(row, SANDBOXED);
      const usage = this.usage.of(what, row);
      const candidate = { row, unmeasured, usage, request: requestOf(what, plan), priority: plan.priority };
      if (first === undefined || evictedBefore(candidate, first) < 0) first = candidate;
    }
    return first?.row ?? -1;
  }

  /** Waits for the next look that can find something new; nobody waits for one that will find no pod to evict, as the last. */
  private arm(node: number, watched: Watched, helpless = false): void {
    const delayNs = this.untilNewsNs(node, watched);
    if (delayNs === Number.POSITIVE_INFINITY) {
      if (watched.timer !== NO_EVENT) this.parts.engine.cancel(watched.timer);
      watched.timer = NO_EVENT;
      return;
    }
    const { nowNs } = this.parts.engine;
    const lookNs = this.pleg.untilTickNs(node, nowNs + delayNs, MONITORING_PERIOD_NS);
    // What begins so late comes unforeseen, as the end of a container does.
    this.schedule(node, watched, delayNs + lookNs, helpless || delayNs > CRASH_LOOP.expireNs);
  }

  private schedule(node: number, watched: Watched, delayNs: number, unforeseen: boolean): void {
    const { engine } = this.parts;
    if (watched.timer !== NO_EVENT) engine.cancel(watched.timer);
    watched.timer = engine.scheduleAs(unforeseen, delayNs, this.lookKind, node);
  }

  /** When a threshold is met, its grace is over, or a pressure is; Infinity if nothing of that is to come. */
  private untilNewsNs(node: number, watched: Watched): number {
    const { nowNs } = this.parts.engine;
    const observed = this.usage.observe(node);
    const growth = this.usage.growth(node);
    let untilNs = Number.POSITIVE_INFINITY;
    for (const [index, threshold] of this.thresholds.entries()) {
      const metNs = threshold.untilMetNs(observed, growth);
      const sinceNs = watched.sinceNs[index]!;
      const news = sinceNs >= 0 && !watched.due[index] ? Math.max(0, sinceNs + threshold.graceNs - nowNs) : metNs;
      untilNs = Math.min(untilNs, news);
    }
    for (const row of this.table.pods.on(node))
      if (this.isEvictable(row)) untilNs = Math.min(untilNs, this.usage.untilOverLimitNs(row));
    const transitionNs = this.config.evictionPressureTransitionPeriodNs;
    for (const lastNs of Object.values(watched.shortNs))
      if (lastNs >= 0 && lastNs + transitionNs > nowNs) untilNs = Math.min(untilNs, lastNs + transitionNs - nowNs);
    return untilNs;
  }
}

/**
 * What a pod may use before it is one that exceeds its request. Nobody asks for files, so that whoever has any does; with
 * process numbers nobody does, and whoever has most goes first among those of the lowest priority (rankPIDPressure).
 */
function requestOf(what: Metered, { memoryRequest, diskRequest }: PodPlan): number {
  if (what === 'memory') return memoryRequest;
  if (what === 'disk') return diskRequest;
  return what === 'inodes' ? 0 : -1;
}

function isAfter(momentNs: number, sinceNs: number): boolean {
  return momentNs >= 0 && momentNs > sinceNs;
}
