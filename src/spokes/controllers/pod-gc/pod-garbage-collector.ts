import { NODE } from '../../../api/kind.js';
import type { Node } from '../../../api/node.js';
import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { sleep, type Task, TaskRunner, type Wait } from '../../../client/task.js';

/** How often the original looks for orphaned pods, and how long it waits for the node to come back. */
const CHECK_PERIOD_NS = 20e9;
const QUARANTINE_NS = 40e9;

const ORPHANED: Patch = Object.freeze({
  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    return pod.withStatus(pod.status.with({ phase: 'Failed', ready: false, reason: 'DeletionByPodGC' }));
  },
});

export interface PodGarbageCollectorParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly nodes: Informer<Node>;
  readonly podsByNode: PodsByNode;
}

/**
 * Deletes the pods of nodes that have been deleted: nobody else can end them (pkg/controller/podgc gcOrphaned). The
 * original looks every 20 s and finds such a node twice, 40 s apart, before it acts; here the deletion of a node
 * starts the clock.
 */
export class PodGarbageCollector {
  private readonly parts: PodGarbageCollectorParts;
  private readonly runner: TaskRunner;

  constructor(parts: PodGarbageCollectorParts) {
    this.parts = parts;
    this.runner = new TaskRunner(parts.process);
    parts.nodes.addHandler({
      added: () => undefined,
      updated: () => undefined,
      deleted: (node) => this.runner.start(this.collect(node.metadata.name)),
    });
  }

  private *collect(nodeName: string): Task {
    const { process, client, nodes, podsByNode } = this.parts;
    if (podsByNode.on(nodeName).length === 0) return;
    yield sleep(CHECK_PERIOD_NS - (process.engine.nowNs % CHECK_PERIOD_NS) + QUARANTINE_NS);
    if (nodes.cache.get('', nodeName) !== undefined) return;
    const read = client.get(NODE, '', nodeName);
    yield read;
    if (read.code !== 404) return;
    for (const pod of podsByNode.on(nodeName)) yield* this.forceDelete(pod);
  }

  private *forceDelete(pod: Pod): Generator<Wait, void, void> {
    const { client } = this.parts;
    const { phase } = pod.status;
    if (phase !== 'Succeeded' && phase !== 'Failed') {
      const mark = client.patch(pod, ORPHANED, 'status');
      yield mark;
      if (!mark.ok) return;
    }
    yield client.delete(pod, { gracePeriodSeconds: 0 });
  }
}
