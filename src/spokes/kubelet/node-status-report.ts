import { NODE } from '../../api/kind.js';
import type { Node, NodeStatus } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import type { NodeFleet } from './node-fleet.js';

/** A node that says whether it is well, at a moment. */
class NodeReadiness implements Patch {
  private readonly ready: boolean;
  private readonly nowNs: number;

  constructor(ready: boolean, nowNs: number) {
    this.ready = ready;
    this.nowNs = nowNs;
  }

  apply(current: ApiObject): ApiObject {
    const node = current as Node;
    const ready = this.ready ? 'True' : 'False';
    const changed = node.status.ready !== ready;
    const status: NodeStatus = {
      ...node.status,
      ready,
      readyReason: this.ready ? 'KubeletReady' : 'KubeletNotReady',
      readySinceNs: changed ? this.nowNs : node.status.readySinceNs,
      readyHeartbeatNs: this.nowNs,
    };
    return node.withStatus(status);
  }
}

/**
 * Node statuses of all kubelets. Nothing of a status changes while a node is well, so that it is written only every
 * `nodeStatusReportFrequency`, from a random offset on (kubelet_node_status.go); a node that comes back says so at
 * once.
 */
export class NodeStatusReport {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly fleet: NodeFleet;
  private readonly stream: Stream;
  private readonly reportFrequencyNs: number;
  private readonly reportKind: EventKind;

  constructor(engine: Engine, client: ApiClient, fleet: NodeFleet, stream: Stream, reportFrequencyNs: number) {
    this.engine = engine;
    this.client = client;
    this.fleet = fleet;
    this.stream = stream;
    this.reportFrequencyNs = reportFrequencyNs;
    this.reportKind = engine.register('kubelet: node status', (node) => this.periodic(node), 'timer');
  }

  /** A node reports from a random moment of the period on. */
  join(node: number): void {
    const offsetNs = Math.floor(this.stream.uniform() * this.reportFrequencyNs);
    this.engine.scheduleAs(true, offsetNs, this.reportKind, node);
  }

  /** Writes the node's status now; it is not ready while it shuts down. */
  report(node: number, ready = true): void {
    const patch = new NodeReadiness(ready, this.engine.nowNs);
    this.client.patchNamed(NODE, '', this.fleet.names[node]!, patch, 'status');
  }

  private periodic(node: number): void {
    this.engine.schedule(this.reportFrequencyNs, this.reportKind, node);
    if (this.fleet.isReachable(node)) this.report(node);
  }
}
