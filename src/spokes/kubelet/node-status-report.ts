import { NODE } from '../../api/kind.js';
import type { Node, NodeStatus } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import { DISK_PRESSURE, MEMORY_PRESSURE, type NodeFleet, PID_PRESSURE } from './node-fleet.js';

/** The four conditions of a node with the times of their last heartbeats, as JSON. */
const NODE_STATUS_JSON = 800;

/** A node that says whether it is well, and what it lacks, at a moment. */
class NodeReadiness implements Patch {
  private readonly ready: boolean;
  private readonly pressure: number;
  private readonly nowNs: number;

  constructor(ready: boolean, pressure: number, nowNs: number) {
    this.ready = ready;
    this.pressure = pressure;
    this.nowNs = nowNs;
  }

  get bytes(): number {
    return NODE_STATUS_JSON;
  }

  apply(current: ApiObject): ApiObject {
    const node = current as Node;
    const ready = this.ready ? 'True' : 'False';
    const changed = node.status.ready !== ready;
    // Nobody looks at process numbers unless a threshold speaks of them.
    const counted = (this.pressure & PID_PRESSURE) !== 0 || node.status.pidPressure === true;
    // Assigned, since a copy by spreading that gets more fields would be of another hidden class with each node.
    const status: NodeStatus = Object.assign(
      {},
      node.status,
      {
        ready,
        readyReason: this.ready ? 'KubeletReady' : 'KubeletNotReady',
        readySinceNs: changed ? this.nowNs : node.status.readySinceNs,
        readyHeartbeatNs: this.nowNs,
        memoryPressure: (this.pressure & MEMORY_PRESSURE) !== 0,
        diskPressure: (this.pressure & DISK_PRESSURE) !== 0,
      } as const,
      counted ? { pidPressure: (this.pressure & PID_PRESSURE) !== 0 } : undefined,
    );
    return node.withStatus(status);
  }
}

/** How often kubelets look at their nodes, and how often they report what is as ever; names as in the KubeletConfiguration. */
export interface StatusFrequencies {
  readonly nodeStatusUpdateFrequencyNs: number;
  readonly nodeStatusReportFrequencyNs: number;
}

/**
 * Node statuses of all kubelets. Nothing of a status changes while a node is well, so that it is written only every
 * `nodeStatusReportFrequency`, from a random offset on (kubelet_node_status.go); a node that comes back says so at
 * once, and one that comes under pressure when it looks next.
 */
export class NodeStatusReport {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly fleet: NodeFleet;
  private readonly stream: Stream;
  private readonly reportFrequencyNs: number;
  private readonly updateFrequencyNs: number;
  private readonly reportKind: EventKind;
  private readonly changedKind: EventKind;
  /** Nodes that look at their own status, once there are any. */
  private readonly looking: Set<number>;
  private lookKind: EventKind | undefined;
  private isReady: (node: number) => boolean;

  constructor(engine: Engine, client: ApiClient, fleet: NodeFleet, stream: Stream, frequencies: StatusFrequencies) {
    this.engine = engine;
    this.client = client;
    this.fleet = fleet;
    this.stream = stream;
    this.reportFrequencyNs = frequencies.nodeStatusReportFrequencyNs;
    this.updateFrequencyNs = frequencies.nodeStatusUpdateFrequencyNs;
    this.looking = new Set();
    this.lookKind = undefined;
    this.isReady = () => true;
    this.reportKind = engine.register('kubelet: node status', (node) => this.periodic(node), 'timer');
    this.changedKind = engine.register('kubelet: node status changed', (node) => this.reportChange(node), 'timer');
  }

  /** A node reports from a random moment of the period on. */
  join(node: number): void {
    const offsetNs = Math.floor(this.stream.uniform() * this.reportFrequencyNs);
    this.engine.scheduleAs(true, offsetNs, this.reportKind, node);
  }

  /** What a node lacks has changed: it says so at the next of its looks, of which this is a random one. */
  changed(node: number): void {
    this.engine.schedule(Math.floor(this.stream.uniform() * this.updateFrequencyNs), this.changedKind, node);
  }

  /** From now on it looks at every update if its status is still as it wrote it; `isReady` says so, from what it was told. */
  lookAtOwn(nodes: readonly number[], isReady: (node: number) => boolean): void {
    this.isReady = isReady;
    this.lookKind ??= this.engine.register('kubelet: node status looked at', (node) => this.look(node), 'timer');
    for (const node of nodes) {
      if (this.looking.has(node)) continue;
      this.looking.add(node);
      const offsetNs = Math.floor(this.stream.uniform() * this.updateFrequencyNs);
      this.engine.scheduleAs(true, offsetNs, this.lookKind, node);
    }
  }

  private look(node: number): void {
    this.engine.schedule(this.updateFrequencyNs, this.lookKind!, node);
    if (!this.fleet.isReachable(node) || this.isReady(node)) return;
    this.engine.become(false);
    this.report(node);
    this.engine.become(true);
  }

  /** Writes the node's status now; it is not ready while it shuts down. */
  report(node: number, ready = true): void {
    const nowNs = this.fleet.wallNs(node, this.engine.nowNs);
    this.fleet.clocks?.noticed(node);
    const patch = new NodeReadiness(ready, this.fleet.pressureOf(node), nowNs);
    this.client.patchNamed(NODE, '', this.fleet.names[node]!, patch, 'status', node);
  }

  private periodic(node: number): void {
    this.engine.schedule(this.reportFrequencyNs, this.reportKind, node);
    this.reportChange(node);
  }

  private reportChange(node: number): void {
    if (this.fleet.isReachable(node)) this.report(node);
  }
}
