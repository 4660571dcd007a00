import { POD } from '../../../api/kind.js';
import type { Node } from '../../../api/node.js';
import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';
import type { Pod } from '../../../api/pod.js';
import type { Taint } from '../../../api/taint.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { sleep, type Task, TaskRunner, type Wait } from '../../../client/task.js';
import type { EventHandle, EventKind } from '../../../engine/index.js';
import { evictionDelayNs } from './eviction-delay.js';

/** Tries to delete a pod, and the pause between them (deletePodHandler). */
const TRIES = 5;
const RETRY_NS = 10e6;

const DISRUPTION_REASON = 'DeletionByTaintManager';

/** Says in a pod's status that it is about to be disrupted. */
const DISRUPTED: Patch = Object.freeze({
  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    if (pod.status.reason === DISRUPTION_REASON) return pod;
    return pod.withStatus(pod.status.with({ reason: DISRUPTION_REASON }));
  },
});

export interface TaintEvictionControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly nodes: Informer<Node>;
  readonly pods: Informer<Pod>;
  readonly podsByNode: PodsByNode;
}

/** A deletion that waits for its time. */
interface PlannedEviction {
  readonly decidedNs: number;
  readonly timer: EventHandle;
}

/**
 * Deletes pods from nodes with NoExecute taints once their tolerations have run out (pkg/controller/tainteviction).
 * Every deletion has a timer of its own and runs by itself; only the client's bucket paces them.
 */
export class TaintEvictionController {
  private readonly parts: TaintEvictionControllerParts;
  private readonly runner: TaskRunner;
  private readonly evictKind: EventKind;
  private readonly taintsByNode: Map<string, readonly Taint[]>;
  private readonly planned: Map<number, PlannedEviction>;
  /** Pods whose deletion is under way. */
  private readonly evicting: Set<number>;

  constructor(parts: TaintEvictionControllerParts) {
    const { process, nodes, pods } = parts;
    this.parts = parts;
    this.runner = new TaskRunner(process);
    this.evictKind = process.engine.register('taint eviction: toleration', (id) => this.evict(id), 'timer');
    this.taintsByNode = new Map();
    this.planned = new Map();
    this.evicting = new Set();
    nodes.addHandler({
      added: (node) => this.nodeChanged(node, []),
      updated: (previous, node) => this.nodeChanged(node, previous.spec.taints),
      deleted: (node) => this.taintsByNode.delete(node.metadata.name),
    });
    pods.addHandler({
      added: (pod) => this.podChanged(pod),
      updated: (previous, pod) => {
        const moved = previous.spec.nodeName !== pod.spec.nodeName;
        if (moved || previous.spec.shape.tolerations !== pod.spec.shape.tolerations) this.podChanged(pod);
      },
      deleted: (pod) => this.cancel(pod),
    });
  }

  private nodeChanged(node: Node, previous: readonly Taint[]): void {
    if (node.spec.taints === previous) return;
    const taints = node.spec.taints.filter(({ effect }) => effect === 'NoExecute');
    const { name } = node.metadata;
    const known = this.taintsByNode.get(name) ?? [];
    if (sameTaints(known, taints)) return;
    if (taints.length === 0) this.taintsByNode.delete(name);
    else this.taintsByNode.set(name, taints);
    for (const pod of this.parts.podsByNode.on(name)) this.decide(pod, taints);
  }

  private podChanged(pod: Pod): void {
    const taints = this.taintsByNode.get(pod.spec.nodeName);
    if (taints !== undefined) this.decide(pod, taints);
  }

  private decide(pod: Pod, taints: readonly Taint[]): void {
    if (taints.length === 0) {
      this.cancel(pod);
      return;
    }
    const { nowNs } = this.parts.process.engine;
    const delayNs = evictionDelayNs(taints, pod.spec.shape.tolerations);
    if (delayNs <= 0) {
      this.cancel(pod);
      if (delayNs === 0) this.plan(pod.id, nowNs, 0);
      return;
    }
    const known = this.planned.get(pod.id);
    if (known === undefined) {
      this.plan(pod.id, nowNs, delayNs);
      return;
    }
    // What was decided earlier stays, even where the toleration is shorter now (processPodOnNode).
    if (known.decidedNs < nowNs) return;
    this.cancel(pod);
    this.plan(pod.id, known.decidedNs, delayNs);
  }

  private plan(podId: number, decidedNs: number, delayNs: number): void {
    if (this.evicting.has(podId) || this.planned.has(podId)) return;
    const { engine } = this.parts.process;
    this.planned.set(podId, { decidedNs, timer: engine.scheduleAs(false, delayNs, this.evictKind, podId) });
  }

  private cancel(pod: Pod): void {
    const known = this.planned.get(pod.id);
    if (known === undefined) return;
    this.parts.process.engine.cancel(known.timer);
    this.planned.delete(pod.id);
    const { namespace, name } = pod.metadata;
    this.parts.events.event(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${namespace}/${name}`);
  }

  private evict(podId: number): void {
    this.planned.delete(podId);
    const pod = this.parts.pods.cache.byId(podId);
    if (pod === undefined) return;
    this.evicting.add(podId);
    this.runner.start(this.markAndDelete(pod));
  }

  private *markAndDelete(pod: Pod): Task {
    const { namespace, name } = pod.metadata;
    this.parts.events.event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${namespace}/${name}`);
    for (let tries = 1; !(yield* this.tryDelete(pod)) && tries < TRIES; tries++) yield sleep(RETRY_NS);
    this.evicting.delete(pod.id);
  }

  private *tryDelete(pod: Pod): Generator<Wait, boolean, void> {
    const { client } = this.parts;
    const { namespace, name } = pod.metadata;
    const read = client.get(POD, namespace, name);
    yield read;
    if (!read.ok) return false;
    if ((read.object as Pod).status.reason !== DISRUPTION_REASON) {
      const mark = client.patch(pod, DISRUPTED, 'status');
      yield mark;
      if (!mark.ok) return false;
    }
    const removal = client.delete(pod);
    yield removal;
    return removal.ok;
  }
}

function sameTaints(a: readonly Taint[], b: readonly Taint[]): boolean {
  return (
    a.length === b.length && a.every(({ key, value }, index) => b[index]!.key === key && b[index]!.value === value)
  );
}
