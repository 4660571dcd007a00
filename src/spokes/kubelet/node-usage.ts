import { RUNNING } from './container-rows.js';
import { type ContainerUsage, METERED, type Metered } from './container-usage.js';
import type { ImageCatalog } from './image-catalog.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import { ENDED } from './pod-rows.js';
import type { PodTable } from './pod-table.js';
import { reachedInNs } from './reached-in.js';

/** What a node has, and what its pods and images use of it; or by how much that grows every second. */
export type Amounts = Record<Metered, number>;

export interface Observation {
  readonly capacity: Readonly<Amounts>;
  readonly used: Readonly<Amounts>;
}

/** Process numbers that a kernel has at least, and for each core (linux/threads.h PID_MAX_DEFAULT, PIDS_PER_CPU_DEFAULT). */
const PIDS_MIN = 32_768;
const PIDS_PER_CORE = 1024;

/** Of a disk there is one file for so many bytes (mke2fs.conf inode_ratio). */
const BYTES_PER_INODE = 16_384;

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
    const { memory, ephemeralStorage, milliCpu } = this.parts.fleet.capacity(node);
    const pids = Math.max(PIDS_MIN, Math.floor(milliCpu / 1000) * PIDS_PER_CORE);
    const inodes = Math.floor(ephemeralStorage / BYTES_PER_INODE);
    const used = { memory: 0, disk: this.images.bytesOn(node), inodes: 0, pids: 0 };
    for (const row of this.table.pods.on(node)) {
      if (this.table.pods.stage[row] === ENDED || !this.table.planOf(row).metered) continue;
      for (const what of METERED) used[what] += this.of(what, row);
    }
    return { capacity: { memory, disk: ephemeralStorage, inodes, pids }, used };
  }

  /** What a pod uses. What a container has written stays until its pod goes; all else goes with the container. */
  of(what: Metered, row: number): number {
    const { pods, containers } = this.table;
    const plan = this.table.planOf(row);
    if (!plan.metered) return 0;
    let total = 0;
    for (const [index, { behaviour }] of plan.containers.entries()) {
      const container = pods.firstContainer[row]! + index;
      const running = containers.state[container] === RUNNING;
      if (behaviour.usage === undefined || containers.runs[container] === 0 || (!running && !isKept(what))) continue;
      total += this.ofContainer(what, container);
    }
    return total;
  }

  private ofContainer(what: Metered, container: number): number {
    const { state, startedNs, finishedNs } = this.table.containers;
    const untilNs = state[container] === RUNNING ? this.parts.engine.nowNs : finishedNs[container]!;
    return this.usage.amount(what, container, untilNs - startedNs[container]!);
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
      const rate = containers.state[container] === RUNNING ? this.usage.growth('disk', container) : 0;
      growth += rate;
      firstNs = Math.min(firstNs, untilBeyondNs(plan.diskLimit - this.ofContainer('disk', container), rate));
    }
    return Math.min(firstNs, untilBeyondNs(diskLimit - this.of('disk', row), growth));
  }

  /** By how much what the pods of a node use grows every second. */
  growth(node: number): Readonly<Amounts> {
    const { pods, containers } = this.table;
    const growth = { memory: 0, disk: 0, inodes: 0, pids: 0 };
    for (const row of pods.on(node)) {
      const plan = this.table.planOf(row);
      if (!plan.metered || pods.stage[row] === ENDED) continue;
      for (const [index, { behaviour }] of plan.containers.entries()) {
        const container = pods.firstContainer[row]! + index;
        if (behaviour.usage === undefined || containers.state[container] !== RUNNING) continue;
        for (const what of METERED) growth[what] += this.usage.growth(what, container);
      }
    }
    return growth;
  }
}

/** What a container has written is there after its end. */
function isKept(what: Metered): boolean {
  return what === 'disk' || what === 'inodes';
}

/** How long until so many bytes are used up and one more, if they go at so many a second. */
function untilBeyondNs(bytes: number, rate: number): number {
  return bytes < 0 ? 0 : reachedInNs(bytes, rate) + 1;
}
