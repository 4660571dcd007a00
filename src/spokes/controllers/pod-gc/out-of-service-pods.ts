import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { type Task, TaskRunner } from '../../../client/task.js';
import type { EventKind } from '../../../engine/index.js';
import { forceDelete, untilCheckNs } from './force-deletion.js';

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/**
 * Deletes for good what is being deleted on nodes that are not ready and of which somebody says that they will not come
 * back, by a taint (gc_controller.go gcTerminating). The clock only ticks while there is such a node with pods.
 */
export class OutOfServicePods {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly nodes: Informer<Node>;
  private readonly podsByNode: PodsByNode;
  private readonly runner: TaskRunner;
  private readonly lookKind: EventKind;
  private ticking: boolean;

  constructor(process: Process, client: ApiClient, nodes: Informer<Node>, podsByNode: PodsByNode) {
    this.process = process;
    this.client = client;
    this.nodes = nodes;
    this.podsByNode = podsByNode;
    this.runner = new TaskRunner(process);
    this.lookKind = process.engine.register('pod gc: nodes out of service', () => this.look(), 'timer');
    this.ticking = false;
    nodes.addHandler({
      added: (node) => this.observe(node),
      updated: (_, node) => this.observe(node),
      deleted: () => undefined,
    });
  }

  private observe(node: Node): void {
    if (isOutOfService(node)) this.tick(false, [node]);
  }

  private tick(chore: boolean, nodes: readonly Node[]): void {
    if (this.ticking || nodes.every(({ metadata }) => this.podsByNode.on(metadata.name).length === 0)) return;
    this.ticking = true;
    const { engine } = this.process;
    engine.scheduleAs(chore, untilCheckNs(engine.nowNs), this.lookKind);
  }

  private look(): void {
    this.ticking = false;
    const nodes = [...this.nodes.cache.values()].filter(isOutOfService);
    const pods = nodes.flatMap(({ metadata }) => this.podsByNode.on(metadata.name));
    const ending = pods.filter(({ metadata }) => metadata.deleting);
    if (ending.length > 0) this.process.engine.become(false);
    for (const pod of ending) this.runner.start(this.collect(pod));
    // Pods that tolerate the taint may stay: nobody waits for the next look.
    this.tick(true, nodes);
  }

  private *collect(pod: Pod): Task {
    yield* forceDelete(this.client, pod);
  }
}

function isOutOfService({ status, spec }: Node): boolean {
  return status.ready !== 'True' && spec.taints.some(({ key }) => key === OUT_OF_SERVICE);
}
