import { BACKING_OFF, EXITED, RUNNING, STARTED, UNPULLED, WAITING } from './container-rows.js';
import { INITIALIZED } from './pod-rows.js';
import type { PodTable } from './pod-table.js';

/** What a sync finds to do for a pod; one object that every sync fills anew. */
export interface NextStep {
  /** Container to start now, -1 for none. */
  start: number;
  /** When to look again for the sake of a backoff, Infinity for not at all. */
  againNs: number;
  /** The pod has ended, all of it. */
  ended: boolean;
}

/**
 * Works out what a pod needs next from what the last relist saw of its containers (kuberuntime_manager.go
 * computePodActions, kuberuntime_container.go computeInitContainerActions): init containers one after the other, each
 * when the one before has succeeded or, being a sidecar, has started; then all the others; and again whichever ended and
 * should not have, when its backoff is over.
 */
export class StepFinder {
  private readonly table: PodTable;
  private readonly step: NextStep;

  constructor(table: PodTable) {
    this.table = table;
    this.step = { start: -1, againNs: Number.POSITIVE_INFINITY, ended: false };
  }

  find(row: number, nowNs: number): NextStep {
    const { table, step } = this;
    step.start = -1;
    step.againNs = Number.POSITIVE_INFINITY;
    step.ended = false;
    const { pods } = table;
    if (!pods.is(row, INITIALIZED)) pods.set(row, INITIALIZED, this.initialize(row, nowNs));
    if (pods.is(row, INITIALIZED)) this.keepUp(row, nowNs);
    return step;
  }

  /** Whether all init containers have done their part; looks for the one that must start next. */
  private initialize(row: number, nowNs: number): boolean {
    const { table, step } = this;
    const { containers, pods } = table;
    const plan = table.planOf(row);
    const first = pods.firstContainer[row]!;
    for (let index = 0; index < plan.initCount; index++) {
      const container = first + index;
      const seen = containers.seen[container]!;
      const sidecar = plan.containers[index]!.role === 'sidecar';
      if (sidecar && seen === RUNNING && containers.is(container, STARTED)) continue;
      if (!sidecar && seen === EXITED && containers.exitCode[container] === 0) continue;
      if (!sidecar && seen === EXITED && plan.restartPolicy === 'Never') step.ended = true;
      else this.consider(container, nowNs);
      return false;
    }
    return true;
  }

  /** Sidecars run while the app does, and restart whatever the pod's policy is. */
  private keepUp(row: number, nowNs: number): void {
    const { table, step } = this;
    const { containers, pods } = table;
    const plan = table.planOf(row);
    const first = pods.firstContainer[row]!;
    let up = 0;
    for (let index = 0; index < plan.containers.length; index++) {
      const { role } = plan.containers[index]!;
      if (role === 'init') continue;
      const container = first + index;
      const isOver =
        role === 'app' &&
        containers.seen[container] === EXITED &&
        (plan.restartPolicy === 'Never' ||
          (plan.restartPolicy === 'OnFailure' && containers.exitCode[container] === 0));
      if (isOver) continue;
      if (role === 'app') up++;
      this.consider(container, nowNs);
    }
    step.ended = up === 0;
  }

  /** A container that should run: starts it, unless it does or must wait. */
  private consider(container: number, nowNs: number): void {
    const { containers } = this.table;
    const ended = containers.seen[container] === EXITED;
    if (!ended && containers.state[container] !== WAITING) return;
    const restartNs = ended ? containers.restarts.restartNs(container, containers.finishedNs[container]!) : 0;
    const pullNs = containers.is(container, UNPULLED) ? containers.pulls.retryNs(container) : 0;
    const againNs = Math.max(restartNs, pullNs);
    const waits = againNs > nowNs;
    containers.set(container, BACKING_OFF, waits);
    if (waits) this.step.againNs = Math.min(this.step.againNs, againNs);
    else if (this.step.start < 0) this.step.start = container;
  }
}
