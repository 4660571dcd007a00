import { NODE } from '../../../api/kind.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import { sleep, type Wait } from '../../../client/task.js';
import { changedTaints, type TaintChange, TaintPatch } from './node-taints.js';

/** Tries to write a node's status, and the pause before each new one (NodeHealthUpdateRetry, retrySleepTime). */
const STATUS_TRIES = 5;
const STATUS_RETRY_NS = 20e6;

/** The node lifecycle controller's writes. */
export class NodeMarker {
  private readonly clock: { readonly nowNs: number };
  private readonly client: ApiClient;
  private readonly events: EventRecorder;

  constructor(clock: { readonly nowNs: number }, client: ApiClient, events: EventRecorder) {
    this.clock = clock;
    this.client = client;
    this.events = events;
  }

  /** Writes Ready=Unknown; gives the node as it is then, or undefined when it cannot be written. */
  *markUnknown(node: Node): Generator<Wait, Node | undefined, void> {
    let target = node;
    for (let tries = 1; ; tries++) {
      const readySinceNs = this.clock.nowNs;
      const status = { ...target.status, ready: 'Unknown' as const, readyReason: 'NodeStatusUnknown', readySinceNs };
      const call = this.client.updateStatus(target.withStatus(status));
      yield call;
      if (call.ok) return call.object as Node;
      const fresh = this.client.get(NODE, '', node.metadata.name);
      yield fresh;
      if (!fresh.ok || tries === STATUS_TRIES) return undefined;
      target = fresh.object as Node;
      if (target.status.ready === 'Unknown') return target;
      yield sleep(STATUS_RETRY_NS);
    }
  }

  /** Writes Ready=False into every ready pod of a node, one after the other; false when one could not be written. */
  *markPodsNotReady(pods: readonly Pod[]): Generator<Wait, boolean, void> {
    let marked = true;
    for (const pod of pods) {
      if (!pod.status.ready) continue;
      const call = this.client.updateStatus(
        pod.withStatus(pod.status.with({ ready: false, readySinceNs: this.clock.nowNs })),
      );
      yield call;
      if (call.code === 404) continue;
      if (!call.ok) marked = false;
      this.events.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
    }
    return marked;
  }

  /** Adds taints, then takes others away: a GET and, where needed, a PATCH each (SwapNodeControllerTaint). */
  *swapTaints(node: Node, change: TaintChange): Generator<Wait, boolean, void> {
    if (change.add.length > 0 && !(yield* this.change(node, { add: change.add, remove: [] }))) return false;
    const unneeded = changedTaints(node.spec.taints, { add: [], remove: change.remove }) !== node.spec.taints;
    return !unneeded || (yield* this.change(node, { add: [], remove: change.remove }));
  }

  private *change(node: Node, change: TaintChange): Generator<Wait, boolean, void> {
    const read = this.client.get(NODE, '', node.metadata.name);
    yield read;
    if (!read.ok) return false;
    const { taints } = (read.object as Node).spec;
    if (changedTaints(taints, change) === taints) return true;
    const call = this.client.patch(node, new TaintPatch(change));
    yield call;
    return call.ok;
  }
}
