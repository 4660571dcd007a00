import type { AnswerTaker, Call } from '../../api/call.js';
import { NODE, POD } from '../../api/kind.js';
import { ObjectMeta } from '../../api/meta.js';
import type { ApiClient } from '../../client/api-client.js';
import {
  EventOutbox,
  type EventType,
  type OutgoingEvent,
  type Regarding,
  sendEvent,
} from '../../client/event-outbox.js';
import { TokenBucket } from '../../client/token-bucket.js';
import type { Engine, EventKind } from '../../engine/index.js';
import { NO_EVENT } from './container-rows.js';
import { DISK_PRESSURE, MEMORY_PRESSURE, type NodeFleet, PID_PRESSURE } from './node-fleet.js';

/** How many events a kubelet sends; names as in the KubeletConfiguration. */
export interface EventLimits {
  /** Events a second of one node; 0 means no limit. */
  readonly eventRecordQps: number;
  readonly eventBurst: number;
}

/** The recorder of one kubelet: all in one object, since with thousands of nodes each has left the processor's caches. */
class NodeRecorder extends EventOutbox {
  readonly bucket: TokenBucket;
  /** What is to be sent as soon as there is a token, or a way to the API server. */
  next: OutgoingEvent | undefined;
  /** The token that it waits for. */
  timer: number;
  /** What has been sent and not been answered. */
  call: Call | undefined;

  constructor(node: string, { eventRecordQps, eventBurst }: EventLimits) {
    super('kubelet', node);
    this.bucket = new TokenBucket(eventRecordQps, eventBurst);
    this.next = undefined;
    this.timer = NO_EVENT;
    this.call = undefined;
  }
}

/** What a node's condition is called when it is bad and when it is good (pkg/kubelet/nodestatus/setters.go). */
const CONDITIONS = [
  [MEMORY_PRESSURE, 'NodeHasInsufficientMemory', 'NodeHasSufficientMemory'],
  [DISK_PRESSURE, 'NodeHasDiskPressure', 'NodeHasNoDiskPressure'],
  [PID_PRESSURE, 'NodeHasInsufficientPID', 'NodeHasSufficientPID'],
] as const;

/**
 * The event recorders of all kubelets: each with a spam filter of its own, a client of its own that is limited to
 * `eventRecordQPS`, and one sender (cmd/kubelet/app/server.go, tools/record/event.go). Recording is a chore: nothing waits for it.
 * What is recorded while the API server cannot be reached is sent afterwards; what a machine had to send when it went down is lost.
 */
export class KubeletEvents implements AnswerTaker {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly fleet: NodeFleet;
  private readonly limits: EventLimits;
  /** By node; undefined until one records something. */
  private readonly recorders: (NodeRecorder | undefined)[];
  /** Nodes that have gone down: their kubelets are new when they are back. */
  private readonly stopped: Set<number>;
  private readonly sendKind: EventKind;
  private readonly tokenKind: EventKind;

  constructor(engine: Engine, client: ApiClient, fleet: NodeFleet, limits: EventLimits) {
    this.engine = engine;
    this.client = client;
    this.fleet = fleet;
    this.limits = limits;
    this.recorders = [];
    this.stopped = new Set();
    this.sendKind = engine.register('kubelet: event sender', (node) => this.sendNext(node), 'queue');
    this.tokenKind = engine.register('kubelet events: rate limiter', (node) => this.send(node), 'limiter');
  }

  /** A kubelet records an event of a pod; of none if the pod's object has gone. */
  ofPod(node: number, pod: Regarding | undefined, type: EventType, reason: string, message: string): void {
    if (pod === undefined || !this.fleet.isUp(node)) return;
    const recorder = this.of(node);
    recorder.add(pod, type, reason, message);
    if (recorder.timer === NO_EVENT && recorder.next === undefined && recorder.call === undefined)
      recorder.timer = this.engine.scheduleAs(true, 0, this.sendKind, node);
  }

  /** The object of a pod has gone: nothing is recorded of it any more. */
  podGone(node: number, podId: number): void {
    this.recorders[node]?.forget(POD, podId);
  }

  /** A kubelet records an event of its node. */
  ofNode(node: number, type: EventType, reason: string, message: string): void {
    const name = this.fleet.names[node]!;
    this.ofPod(node, { kind: NODE, id: node, metadata: ObjectMeta.of({ name }) }, type, reason, message);
  }

  /** A node has come under pressure, or out of it. */
  pressed(node: number, before: number, after: number): void {
    for (const [bit, bad, good] of CONDITIONS)
      if (((before ^ after) & bit) !== 0) this.status(node, (after & bit) !== 0 ? bad : good);
  }

  private status(node: number, reason: string): void {
    this.ofNode(node, 'Normal', reason, `Node ${this.fleet.names[node]} status is now: ${reason}`);
  }

  /** A kubelet has started and registered its node (kubelet.go BirthCry, kubelet_node_status.go). */
  started(node: number): void {
    this.ofNode(node, 'Normal', 'Starting', 'Starting kubelet.');
    for (const [, , good] of CONDITIONS) this.status(node, good);
    this.ofNode(node, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    this.status(node, 'NodeReady');
  }

  nodeStopped(node: number): void {
    const recorder = this.recorders[node];
    if (recorder !== undefined) {
      if (recorder.timer !== NO_EVENT) this.engine.cancel(recorder.timer);
      this.recorders[node] = undefined;
    }
    this.stopped.add(node);
  }

  /** Its kubelet has started, or can reach the API server again. */
  nodeBack(node: number): void {
    if (this.stopped.delete(node)) {
      this.ofNode(node, 'Warning', 'Rebooted', `Node ${this.fleet.names[node]} has been rebooted`);
      this.started(node);
    }
    const recorder = this.recorders[node];
    if (recorder?.next !== undefined && recorder.timer === NO_EVENT)
      recorder.timer = this.engine.scheduleAs(true, 0, this.tokenKind, node);
  }

  answered(call: Call): void {
    const recorder = this.recorders[call.node];
    if (recorder === undefined || recorder.call !== call) return;
    recorder.call = undefined;
    this.sendNext(call.node);
  }

  private of(node: number): NodeRecorder {
    let recorder = this.recorders[node];
    if (recorder === undefined) {
      while (this.recorders.length <= node) this.recorders.push(undefined);
      recorder = new NodeRecorder(this.fleet.names[node]!, this.limits);
      this.recorders[node] = recorder;
    }
    return recorder;
  }

  private sendNext(node: number): void {
    const recorder = this.recorders[node]!;
    recorder.timer = NO_EVENT;
    recorder.next = recorder.take(this.engine.nowNs);
    if (recorder.next === undefined) return;
    const waitNs = recorder.bucket.reserve(this.engine.nowNs);
    if (waitNs === 0) this.send(node);
    else recorder.timer = this.engine.scheduleAs(true, waitNs, this.tokenKind, node);
  }

  private send(node: number): void {
    const recorder = this.recorders[node]!;
    recorder.timer = NO_EVENT;
    if (!this.fleet.isReachable(node)) return;
    const call = sendEvent(this.client, recorder.next!, node);
    recorder.next = undefined;
    recorder.call = call;
    call.answerTo = this;
  }
}
