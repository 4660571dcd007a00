import type { Pod } from '../../api/pod.js';
import type { Engine } from '../../engine/index.js';
import type { ContainerPlan } from './container-plan.js';
import { ContainerRows, NO_EVENT, RUNNING } from './container-rows.js';
import { type PodPlan, PodPlans } from './pod-plan.js';
import { PodRows } from './pod-rows.js';

/** The pods of all nodes with their containers and plans. */
export class PodTable {
  readonly pods: PodRows;
  readonly containers: ContainerRows;
  private readonly engine: Engine;
  private readonly plans: PodPlans;

  constructor(engine: Engine) {
    this.engine = engine;
    this.pods = new PodRows();
    this.containers = new ContainerRows();
    this.plans = new PodPlans();
  }

  /** A node takes a pod; returns its row. */
  add(pod: Pod, node: number): number {
    const plan = this.plans.of(pod);
    const row = this.pods.allocate(pod.id, node, plan, this.engine.nowNs);
    this.pods.firstContainer[row] = this.containers.allocate(row, this.plans.all[plan]!.containers.length);
    return row;
  }

  /** Forgets a pod; nothing of it happens any more. */
  remove(row: number): void {
    const { pods, containers } = this;
    this.cancelAll(row);
    containers.free(pods.firstContainer[row]!, this.planOf(row).containers.length);
    pods.free(row);
  }

  planOf(row: number): PodPlan {
    return this.plans.all[this.pods.plan[row]!]!;
  }

  /** First row behind the pod's containers. */
  endOf(row: number): number {
    return this.pods.firstContainer[row]! + this.planOf(row).containers.length;
  }

  containerPlan(container: number): ContainerPlan {
    const row = this.containers.pod[container]!;
    return this.planOf(row).containers[container - this.pods.firstContainer[row]!]!;
  }

  /** Takes back whatever is to happen to a pod. */
  cancelAll(row: number): void {
    const { pods } = this;
    pods.relist[row] = this.cancelled(pods.relist[row]!);
    pods.timer[row] = this.cancelled(pods.timer[row]!);
    for (let container = pods.firstContainer[row]!; container < this.endOf(row); container++)
      this.cancelContainer(container);
  }

  cancelContainer(container: number): void {
    const { containers } = this;
    containers.timer[container] = this.cancelled(containers.timer[container]!);
    this.cancelProbes(container);
  }

  cancelProbes(container: number): void {
    const { containers } = this;
    containers.probe[container] = this.cancelled(containers.probe[container]!);
    containers.liveness[container] = this.cancelled(containers.liveness[container]!);
  }

  /** Whether a container of the pod runs, among those of the app alone or among all. */
  runs(row: number, appOnly: boolean): boolean {
    const first = this.pods.firstContainer[row]! + (appOnly ? this.planOf(row).initCount : 0);
    for (let container = first; container < this.endOf(row); container++)
      if (this.containers.state[container] === RUNNING) return true;
    return false;
  }

  private cancelled(handle: number): number {
    if (handle !== NO_EVENT) this.engine.cancel(handle);
    return NO_EVENT;
  }
}
