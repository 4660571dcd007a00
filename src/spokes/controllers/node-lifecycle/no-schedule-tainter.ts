import type { Node } from '../../../api/node.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import type { Task } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import type { NodeMarker } from './node-marker.js';
import { noScheduleChange } from './node-taints.js';

/** Nodes tainted in parallel (nodeUpdateWorkerSize). */
const WORKERS = 8;

/** Keeps every node's NoSchedule taints in step with its condition, at once and without a rate (doNoScheduleTaintingPass). */
export class NoScheduleTainter {
  private readonly process: Process;
  private readonly nodes: Informer<Node>;
  private readonly marker: NodeMarker;
  private readonly queue: WorkQueue;

  constructor(process: Process, nodes: Informer<Node>, marker: NodeMarker) {
    this.process = process;
    this.nodes = nodes;
    this.marker = marker;
    this.queue = new WorkQueue(process, 'node lifecycle', WORKERS, (id) => this.taint(id));
    nodes.addHandler({
      added: (node) => this.changed(node),
      updated: (_, node) => this.changed(node),
      deleted: () => undefined,
    });
  }

  private changed(node: Node): void {
    const { add, remove } = noScheduleChange(node, 0);
    if (add.length + remove.length > 0) this.queue.add(node.id);
  }

  private *taint(nodeId: number): Task {
    const node = this.nodes.cache.byId(nodeId);
    if (node !== undefined) yield* this.marker.swapTaints(node, noScheduleChange(node, this.process.engine.nowNs));
  }
}
