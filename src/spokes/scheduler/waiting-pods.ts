import { formatDuration } from '../../api/duration.js';
import type { Pod } from '../../api/pod.js';
import type { Engine, EventHandle, EventKind } from '../../engine/index.js';
import { type Rejection, unschedulable } from './rejection.js';

/** Longest time that a plugin may keep a pod waiting (framework/runtime maxTimeout). */
const WAIT_MAX_NS = 15 * 60e9;

/** A pod that has its node but may not be bound yet. */
export interface WaitingPod {
  readonly pod: Pod;
  /** Index of the node. */
  readonly node: number;
}

/** What Permit plugins do with pods that they, or others, keep waiting (framework.Handle). */
export interface WaitingPodsView {
  /** In order of their coming. */
  pods(): Iterable<WaitingPod>;
  /** The named plugin has nothing against a pod any more; when the last one says so, it is bound. */
  allow(podId: number, plugin: string): void;
  /** A pod is to lose its node, and be tried again when an event may help it. */
  reject(podId: number, rejection: Rejection): void;
}

/** Where no plugin keeps any pod waiting. */
export const NO_WAITING_PODS: WaitingPodsView = { pods: () => [], allow: () => {}, reject: () => {} };

interface Entry extends WaitingPod {
  /** By plugin that it waits for: its time limit. */
  readonly timers: Map<string, EventHandle>;
}

/** The pods in the Permit phase (framework/runtime/waiting_pods_map.go). */
export class WaitingPods implements WaitingPodsView {
  private readonly engine: Engine;
  private readonly name: string;
  private readonly onSettled: (podId: number, rejection: Rejection | undefined) => void;
  private readonly entries: Map<number, Entry>;
  /** Time limits by the number that their event carries. */
  private readonly limits: { readonly podId: number; readonly rejection: Rejection }[];
  /** Registered with the first pod that waits: most schedulers never have one. */
  private timeOutKind: EventKind;

  /** `onSettled` hears of each pod that may be bound or, with a rejection, may not. */
  constructor(engine: Engine, name: string, onSettled: (podId: number, rejection: Rejection | undefined) => void) {
    this.engine = engine;
    this.name = name;
    this.onSettled = onSettled;
    this.entries = new Map();
    this.limits = [];
    this.timeOutKind = -1;
  }

  pods(): Iterable<WaitingPod> {
    return this.entries.values();
  }

  /** A pod begins to wait for plugins, for each so long at most. */
  add(pod: Pod, node: number, waitsNs: ReadonlyMap<string, number>): void {
    const timers = new Map<string, EventHandle>();
    for (const [plugin, waitNs] of waitsNs)
      timers.set(plugin, this.limit(pod.id, plugin, Math.min(waitNs, WAIT_MAX_NS)));
    this.entries.set(pod.id, { pod, node, timers });
  }

  allow(podId: number, plugin: string): void {
    const entry = this.entries.get(podId);
    const timer = entry?.timers.get(plugin);
    if (entry === undefined || timer === undefined) return;
    this.engine.cancel(timer);
    entry.timers.delete(plugin);
    if (entry.timers.size > 0) return;
    this.entries.delete(podId);
    this.onSettled(podId, undefined);
  }

  reject(podId: number, rejection: Rejection): void {
    if (this.drop(podId)) this.onSettled(podId, rejection);
  }

  /** Forgets a pod that is gone; false if it did not wait. */
  drop(podId: number): boolean {
    for (const timer of this.entries.get(podId)?.timers.values() ?? []) this.engine.cancel(timer);
    return this.entries.delete(podId);
  }

  private limit(podId: number, plugin: string, waitNs: number): EventHandle {
    if (this.timeOutKind < 0)
      this.timeOutKind = this.engine.register(
        `${this.name}: permit timed out`,
        (limit) => this.timeOut(limit),
        'timer',
      );
    const reason = `rejected due to timeout after waiting ${formatDuration(waitNs)} at plugin ${plugin}`;
    const limit = this.limits.push({ podId, rejection: unschedulable(plugin, reason) }) - 1;
    return this.engine.scheduleAs(false, waitNs, this.timeOutKind, limit);
  }

  private timeOut(limit: number): void {
    const { podId, rejection } = this.limits[limit]!;
    this.reject(podId, rejection);
  }
}
