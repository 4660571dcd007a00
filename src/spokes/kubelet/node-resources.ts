import type { ContainerUsage } from './container-usage.js';
import { EvictionManager } from './eviction-manager.js';
import { ImageGarbage } from './image-garbage.js';
import type { ImagePuller } from './image-puller.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import { NodeUsage } from './node-usage.js';
import type { Pleg } from './pleg.js';
import type { PodTable } from './pod-table.js';

/** Memory and disk of all nodes: who gives way when they become scarce, images or pods. */
export class NodeResources {
  private readonly garbage: ImageGarbage;
  private readonly evictions: EvictionManager;

  constructor(
    parts: SyncLoopParts,
    table: PodTable,
    images: ImagePuller,
    containers: ContainerUsage,
    pleg: Pleg,
    kill: (row: number, graceNs: number) => void,
  ) {
    const usage = new NodeUsage(parts, table, containers, images.catalog);
    this.garbage = new ImageGarbage(parts, table, images.catalog, usage, (node) => this.changed(node));
    this.evictions = new EvictionManager(parts, table, usage, this.garbage, pleg, kill);
    images.onStored((node) => {
      this.garbage.stored(node);
      this.changed(node);
    });
  }

  /** What is used of a node has changed, or how fast it grows. */
  changed(node: number): void {
    this.evictions.changed(node);
  }

  /** A pod has ended. */
  ended(row: number): void {
    this.evictions.ended(row);
  }

  nodeStopped(node: number): void {
    this.evictions.nodeStopped(node);
    this.garbage.nodeStopped(node);
  }

  nodeBack(node: number): void {
    this.garbage.nodeBack(node);
  }
}
