import { NODE } from '../../api/kind.js';
import type { Node, NodeStatus } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import type { NodeFleet } from './node-fleet.js';

/** A node that says it is well, at a moment. */
class NodeReady implements Patch {
  private readonly nowNs: number;

  constructor(nowNs: number) {
    this.nowNs = nowNs;
  }

  apply(current: ApiObject): ApiObject {
    const node = current as Node;
    const changed = node.status.ready !== 'True';
    const status: NodeStatus = {
      ...node.status,
      ready: 'True',
      readyReason: 'KubeletReady',
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

  /** Writes the node's status now. */
  report(node: number): void {
    this.client.patchNamed(NODE, '', this.fleet.names[node]!, new NodeReady(this.engine.nowNs), 'status');
  }

  private periodic(node: number): void {
    this.engine.schedule(this.reportFrequencyNs, this.reportKind, node);
    if (this.fleet.isUp(node)) this.report(node);
  }
}
