import { NODE } from '../../../api/kind.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { sleep, type Task, TaskRunner } from '../../../client/task.js';
import { forceDelete, untilCheckNs } from './force-deletion.js';
import { OutOfServicePods } from './out-of-service-pods.js';
import { TerminatedPods } from './terminated-pods.js';

/** How long it waits for the node to come back. */
const QUARANTINE_NS = 40e9;

export interface PodGarbageCollectorParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly nodes: Informer<Node>;
  readonly pods: Informer<Pod>;
  readonly podsByNode: PodsByNode;
  /** More pods than so many that have ended are not kept; 0 keeps all. */
  readonly terminatedPodGcThreshold: number;
}

/**
 * Deletes the pods of nodes that have been deleted or are out of service for good: nobody else can end them; and those
 * that have ended, when there are too many (pkg/controller/podgc). Of deleted nodes (gcOrphaned), the
 * original looks every 20 s and finds such a node twice, 40 s apart, before it acts; here the deletion of a node
 * starts the clock.
 */
export class PodGarbageCollector {
  private readonly parts: PodGarbageCollectorParts;
  private readonly runner: TaskRunner;

  constructor(parts: PodGarbageCollectorParts) {
    this.parts = parts;
    this.runner = new TaskRunner(parts.process);
    const { process, client, nodes, pods, podsByNode, terminatedPodGcThreshold } = parts;
    new TerminatedPods(process, client, pods, terminatedPodGcThreshold);
    new OutOfServicePods(process, client, nodes, podsByNode);
    nodes.addHandler({
      added: () => undefined,
      updated: () => undefined,
      deleted: (node) => this.runner.start(this.collect(node.metadata.name)),
    });
  }

  private *collect(nodeName: string): Task {
    const { process, client, nodes, podsByNode } = this.parts;
    if (podsByNode.on(nodeName).length === 0) return;
    yield sleep(untilCheckNs(process.engine.nowNs) + QUARANTINE_NS);
    if (nodes.cache.get('', nodeName) !== undefined) return;
    const read = client.get(NODE, '', nodeName);
    yield read;
    if (read.code !== 404) return;
    for (const pod of podsByNode.on(nodeName)) yield* forceDelete(client, pod, 'DeletionByPodGC');
  }
}
