import { newColumn, roomFor, widened } from '../../api/columns.js';
import type { EventHandle } from '../../engine/index.js';
import { CrashLoopBackoff } from './crash-loop-backoff.js';

/** What a container does: nothing yet, being pulled and created, running, ended. */
export const WAITING = 0;
export const STARTING = 1;
export const RUNNING = 2;
export const EXITED = 3;

/** Its startup probe has succeeded, or it has none. */
export const STARTED = 1;
/** Its readiness probe succeeds, or it has none. */
export const READY = 2;
/** It is being ended by the kubelet. */
export const KILLED = 4;
/** It was told to end, and did not before its grace was over. */
export const OVERDUE = 8;
/** The last sync found it waiting for its backoff. */
export const BACKING_OFF = 16;
/** Its image could not be pulled. */
export const UNPULLED = 32;

/** It ends because it comes to its limit of memory. */
export const OUT_OF_MEMORY = 64;

/** No event is pending. */
export const NO_EVENT: EventHandle = 0;

/**
 * The containers of all pods, a row each, those of one pod side by side: 63 bytes a container, and 32 for
 * those that back off. Rows are given back in
 * blocks and used again for pods with as many containers.
 */
export class ContainerRows {
  /** Row of the pod. */
  pod: Int32Array;
  /** What it does, and what the last relist saw it do. */
  state: Uint8Array;
  seen: Uint8Array;
  flags: Uint8Array;
  exitCode: Int32Array;
  /** How often it has been started. */
  runs: Int32Array;
  startedNs: Float64Array;
  finishedNs: Float64Array;
  /** From when on no probe succeeds. */
  hangsNs: Float64Array;
  /** Pending events: its next state, its startup or readiness probe's, and its liveness probe's. */
  timer: Float64Array;
  probe: Float64Array;
  liveness: Float64Array;
  readonly restarts: CrashLoopBackoff;
  readonly pulls: CrashLoopBackoff;
  private readonly freeBlocks: number[][];
  private count: number;

  constructor() {
    const size = 256;
    this.pod = newColumn(Int32Array, size);
    this.state = newColumn(Uint8Array, size);
    this.seen = newColumn(Uint8Array, size);
    this.flags = newColumn(Uint8Array, size);
    this.exitCode = newColumn(Int32Array, size);
    this.runs = newColumn(Int32Array, size);
    this.startedNs = newColumn(Float64Array, size);
    this.finishedNs = newColumn(Float64Array, size);
    this.hangsNs = newColumn(Float64Array, size);
    this.timer = newColumn(Float64Array, size);
    this.probe = newColumn(Float64Array, size);
    this.liveness = newColumn(Float64Array, size);
    this.restarts = new CrashLoopBackoff();
    this.pulls = new CrashLoopBackoff();
    this.freeBlocks = [];
    this.count = 0;
  }

  /** The first of `size` rows for the containers of a pod, all waiting. */
  allocate(pod: number, size: number): number {
    const first = this.freeBlocks[size]?.pop() ?? this.append(size);
    for (let row = first; row < first + size; row++) {
      this.pod[row] = pod;
      this.runs[row] = 0;
      this.restarts.clear(row);
      this.pulls.clear(row);
      this.reset(row);
    }
    return first;
  }

  /** Gives back rows without pending events. */
  free(first: number, size: number): void {
    this.freeBlocks[size] ??= [];
    this.freeBlocks[size].push(first);
  }

  /** The container waits to be created, as if it had never run. */
  reset(row: number): void {
    this.state[row] = WAITING;
    this.seen[row] = WAITING;
    this.flags[row] = 0;
    this.exitCode[row] = -1;
    this.timer[row] = NO_EVENT;
    this.probe[row] = NO_EVENT;
    this.liveness[row] = NO_EVENT;
  }

  /** The container was running before anybody saw it start; an init container has done its part. */
  adopt(row: number, isInit: boolean, nowNs: number): void {
    const state = isInit ? EXITED : RUNNING;
    this.state[row] = state;
    this.seen[row] = state;
    this.runs[row] = 1;
    this.exitCode[row] = isInit ? 0 : -1;
    this.startedNs[row] = nowNs;
    this.hangsNs[row] = Number.POSITIVE_INFINITY;
    this.flags[row] = STARTED | READY;
  }

  is(row: number, flag: number): boolean {
    return (this.flags[row]! & flag) !== 0;
  }

  set(row: number, flag: number, on: boolean): void {
    this.flags[row] = on ? this.flags[row]! | flag : this.flags[row]! & ~flag;
  }

  private append(size: number): number {
    const first = this.count;
    this.count += size;
    if (this.count > this.pod.length) this.grow(roomFor(this.count, this.pod.length));
    return first;
  }

  private grow(size: number): void {
    this.pod = widened(this.pod, size);
    this.state = widened(this.state, size);
    this.seen = widened(this.seen, size);
    this.flags = widened(this.flags, size);
    this.exitCode = widened(this.exitCode, size);
    this.runs = widened(this.runs, size);
    this.startedNs = widened(this.startedNs, size);
    this.finishedNs = widened(this.finishedNs, size);
    this.hangsNs = widened(this.hangsNs, size);
    this.timer = widened(this.timer, size);
    this.probe = widened(this.probe, size);
    this.liveness = widened(this.liveness, size);
  }
}
