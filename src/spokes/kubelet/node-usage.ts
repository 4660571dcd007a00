import { RUNNING } from './container-rows.js';
import type { ContainerUsage } from './container-usage.js';
import type { ImageCatalog } from './image-catalog.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import { ENDED } from './pod-rows.js';
import type { PodTable } from './pod-table.js';

/** Bytes that a node has, and that its pods and images use. */
export interface Observation {
  readonly memory: number;
  readonly disk: number;
  readonly memoryUsed: number;
  readonly diskUsed: number;
}

/** Sums up what the pods and images of a node use at this moment; pods of which nobody says it use nothing. */
export class NodeUsage {
  private readonly parts: SyncLoopParts;
  private readonly table: PodTable;
  private readonly usage: ContainerUsage;
  private readonly images: ImageCatalog;

  constructor(parts: SyncLoopParts, table: PodTable, usage: ContainerUsage, images: ImageCatalog) {
    this.parts = parts;
    this.table = table;
    this.usage = usage;
    this.images = images;
  }

  observe(node: number): Observation {
    const capacity = this.parts.fleet.capacity(node);
    let memory = 0;
    let disk = this.images.bytesOn(node);
    for (const row of this.table.pods.on(node)) {
      if (this.table.pods.stage[row] === ENDED || !this.table.planOf(row).metered) continue;
      memory += this.memoryOf(row);
      disk += this.diskOf(row);
    }
    return { memory: capacity.memory, disk: capacity.ephemeralStorage, memoryUsed: memory, diskUsed: disk };
  }

  /** Bytes that a pod uses. */
  memoryOf(row: number): number {
    return this.sum(row, (container, ageNs) => this.usage.memory(container, ageNs), true);
  }

  /** What a container has written stays until its pod goes. */
  diskOf(row: number): number {
    return this.sum(row, (container, ageNs) => this.usage.disk(container, ageNs), false);
  }

  /** How long until a pod has written more than its limits allow; 0 if it has, Infinity if it never will. */
  untilOverLimitNs(row: number): number {
    const { pods, containers } = this.table;
    const { metered, diskLimit, containers: plans } = this.table.planOf(row);
    if (!metered || diskLimit === Number.POSITIVE_INFINITY || pods.stage[row] === ENDED)
      return Number.POSITIVE_INFINITY;
    let growth = 0;
    let firstNs = Number.POSITIVE_INFINITY;
    for (const [index, plan] of plans.entries()) {
      const container = pods.firstContainer[row]! + index;
      if (plan.behaviour.usage === undefined || containers.runs[container] === 0) continue;
      const rate = containers.state[container] === RUNNING ? this.usage.diskGrowth(container) : 0;
      growth += rate;
      firstNs = Math.min(firstNs, untilBeyondNs(plan.diskLimit - this.diskOfContainer(container), rate));
    }
    return Math.min(firstNs, untilBeyondNs(diskLimit - this.diskOf(row), growth));
  }

  private diskOfContainer(container: number): number {
    const { state, startedNs, finishedNs } = this.table.containers;
    const untilNs = state[container] === RUNNING ? this.parts.engine.nowNs : finishedNs[container]!;
    return this.usage.disk(container, untilNs - startedNs[container]!);
  }

  private sum(row: number, bytes: (container: number, ageNs: number) => number, runningOnly: boolean): number {
    const { pods, containers } = this.table;
    const plan = this.table.planOf(row);
    if (!plan.metered) return 0;
    let total = 0;
    for (const [index, { behaviour }] of plan.containers.entries()) {
      const container = pods.firstContainer[row]! + index;
      const running = containers.state[container] === RUNNING;
      if (behaviour.usage === undefined || containers.runs[container] === 0 || (runningOnly && !running)) continue;
      const untilNs = running ? this.parts.engine.nowNs : containers.finishedNs[container]!;
      total += bytes(container, untilNs - containers.startedNs[container]!);
    }
    return total;
  }

  /** Bytes a second by which memory and disk of the node's pods grow. */
  growth(node: number): { readonly memory: number; readonly disk: number } {
    const { pods, containers } = this.table;
    let memory = 0;
    let disk = 0;
    for (const row of pods.on(node)) {
      const plan = this.table.planOf(row);
      if (!plan.metered || pods.stage[row] === ENDED) continue;
      for (const [index, { behaviour }] of plan.containers.entries()) {
        const container = pods.firstContainer[row]! + index;
        if (behaviour.usage === undefined || containers.state[container] !== RUNNING) continue;
        memory += this.usage.memoryGrowth(container);
        disk += this.usage.diskGrowth(container);
      }
    }
    return { memory, disk };
  }
}

/** How long until so many bytes are used up and one more, if they go at so many a second. */
function untilBeyondNs(bytes: number, rate: number): number {
  if (bytes < 0) return 0;
  return rate === 0 ? Number.POSITIVE_INFINITY : Math.ceil((bytes / rate) * 1e9) + 1;
}
