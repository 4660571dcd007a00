import type { PodPhase } from '../../api/pod.js';
import { BACKING_OFF, EXITED, READY, RUNNING, STARTED, UNPULLED, WAITING } from './container-rows.js';
import { ENDED, GATES_OPEN, INITIALIZED, KILLING } from './pod-rows.js';
import type { ReportedStatus } from './pod-status-report.js';
import type { PodTable } from './pod-table.js';

const PHASES: readonly PodPhase[] = ['Pending', 'Running', 'Succeeded', 'Failed'];
const PENDING = 0;
const RUNNING_PHASE = 1;
const SUCCEEDED = 2;
const FAILED = 3;

/** What pods are ended for beside their deletion. */
export const REASONS = ['', 'Evicted', 'Terminated', 'OutOfpods', 'OutOfcpu', 'OutOfmemory'] as const;
export type EndReason = (typeof REASONS)[number];

const WAITS = ['', 'ContainerCreating', 'PodInitializing', 'CrashLoopBackOff', 'ErrImagePull', 'ImagePullBackOff'];
const CREATING = 1;
const INITIALIZING = 2;
const CRASH_LOOP = 3;
const PULL_FAILED = 4;
const PULL_BACKOFF = 5;

/** What a container has ended with that nobody has seen end: it never ran. */
const NEVER_RAN = 137;
const RESTARTS_MAX = 2 ** 20 - 1;

/** The status of pods as kubelets report it, out of what the last relist and the probes saw (kubelet_pods.go). */
export class StatusFinder {
  private readonly table: PodTable;

  constructor(table: PodTable) {
    this.table = table;
  }

  /** The status packed into one number, so that a change is seen without an object. */
  packed(row: number): number {
    const restarts = Math.min(RESTARTS_MAX, this.restarts(row));
    const ready = this.ready(row) ? 1 : 0;
    return (((restarts << 3) | this.waiting(row)) << 3) | (this.phase(row) << 1) | ready;
  }

  whole(row: number): ReportedStatus {
    const { pods } = this.table;
    const phase = PHASES[this.phase(row)]!;
    return {
      phase,
      ready: this.ready(row),
      restarts: this.restarts(row),
      exitCode: phase === 'Succeeded' || phase === 'Failed' ? this.exitCode(row) : -1,
      reason: REASONS[pods.reason[row]!]!,
      waiting: WAITS[this.waiting(row)]!,
      takenNs: pods.takenNs[row]!,
    };
  }

  /** Whether an API status is the one that was packed, as far as others may have changed it. */
  agrees(packed: number, phase: PodPhase, ready: boolean): boolean {
    return PHASES[(packed >> 1) & 3] === phase && ((packed & 1) === 1) === ready;
  }

  /** A status that was reported before this kubelet had the pod, packed. */
  adopted(restarts: number): number {
    return (Math.min(RESTARTS_MAX, restarts) << 6) | (RUNNING_PHASE << 1) | 1;
  }

  /** kubelet_pods.go getPhase. */
  private phase(row: number): number {
    const { pods, containers } = this.table;
    const stage = pods.stage[row];
    if (stage === ENDED) return pods.reason[row] !== 0 || this.exitCode(row) !== 0 ? FAILED : SUCCEEDED;
    if (!pods.is(row, INITIALIZED)) return PENDING;
    const first = pods.firstContainer[row]! + this.table.planOf(row).initCount;
    if (stage === KILLING) return RUNNING_PHASE;
    for (let container = first; container < this.table.endOf(row); container++)
      if (containers.runs[container]! - this.unseen(container) === 0) return PENDING;
    return RUNNING_PHASE;
  }

  private ready(row: number): boolean {
    if (this.table.planOf(row).gated && !this.table.pods.is(row, GATES_OPEN)) return false;
    return this.containersReady(row);
  }

  containersReady(row: number): boolean {
    const { pods, containers } = this.table;
    if (pods.stage[row] === ENDED || !pods.is(row, INITIALIZED)) return false;
    const plan = this.table.planOf(row);
    for (let index = 0; index < plan.containers.length; index++) {
      if (plan.containers[index]!.role === 'init') continue;
      const container = pods.firstContainer[row]! + index;
      const isReady =
        containers.seen[container] === RUNNING && containers.is(container, READY) && containers.is(container, STARTED);
      if (!isReady) return false;
    }
    return true;
  }

  /** Sum over containers; a container's first run is none. */
  private restarts(row: number): number {
    const { pods, containers } = this.table;
    let restarts = 0;
    for (let container = pods.firstContainer[row]!; container < this.table.endOf(row); container++) {
      restarts += Math.max(0, containers.runs[container]! - 1 - this.unseen(container));
    }
    return restarts;
  }

  /** 1 if the container has started and no relist has seen it yet. */
  private unseen(container: number): number {
    const { state, seen } = this.table.containers;
    return state[container]! >= RUNNING && seen[container] === WAITING ? 1 : 0;
  }

  /** The first failure among its containers, 0 if there is none. */
  private exitCode(row: number): number {
    const { pods, containers } = this.table;
    const plan = this.table.planOf(row);
    for (let index = 0; index < plan.containers.length; index++) {
      if (plan.containers[index]!.role === 'sidecar') continue;
      const container = pods.firstContainer[row]! + index;
      const code = containers.seen[container] === EXITED ? containers.exitCode[container]! : NEVER_RAN;
      if (code !== 0) return code;
    }
    return 0;
  }

  /** What the first container waits for that does; one that has started before says nothing of its new start. */
  private waiting(row: number): number {
    const { pods, containers } = this.table;
    if (pods.stage[row] !== 0) return 0;
    for (let container = pods.firstContainer[row]!; container < this.table.endOf(row); container++) {
      if (containers.seen[container] === RUNNING) continue;
      const backingOff = containers.is(container, BACKING_OFF);
      if (containers.is(container, UNPULLED)) return backingOff ? PULL_BACKOFF : PULL_FAILED;
      if (containers.seen[container] === EXITED && backingOff) return CRASH_LOOP;
      if (containers.runs[container]! - this.unseen(container) === 0)
        return this.table.planOf(row).initCount > 0 ? INITIALIZING : CREATING;
    }
    return 0;
  }
}
