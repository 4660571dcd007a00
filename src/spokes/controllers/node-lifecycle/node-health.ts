import type { Lease, Node } from '../../../api/node.js';

/** What the monitor remembers of a node between its passes. */
interface Health {
  /** When a pass last saw a new sign of life. */
  probeNs: number;
  heartbeatNs: number;
  /** -1 when no lease is remembered, so that any lease is a new sign of life. */
  renewNs: number;
}

/**
 * When each node was last seen alive: counted from the pass that first *sees* a renewed lease or status, not from the
 * renewal (node_lifecycle_controller.go tryUpdateNodeHealth).
 */
export class NodeHealth {
  private readonly byNode: Map<number, Health>;

  constructor() {
    this.byNode = new Map();
  }

  /** Looks at a node and its lease, and gives the time of its last sign of life. */
  observe(node: Node, lease: Lease | undefined, nowNs: number): number {
    const { readyHeartbeatNs } = node.status;
    const renewNs = lease?.spec.renewTimeNs ?? -1;
    const health = this.byNode.get(node.id);
    if (health === undefined) {
      this.byNode.set(node.id, { probeNs: nowNs, heartbeatNs: readyHeartbeatNs, renewNs });
      return nowNs;
    }
    const renewed = renewNs > health.renewNs;
    if (health.heartbeatNs !== readyHeartbeatNs) {
      health.heartbeatNs = readyHeartbeatNs;
      health.probeNs = nowNs;
      // The original forgets the lease here, and takes the same one for news in its next pass.
      health.renewNs = -1;
    }
    if (renewed) {
      health.probeNs = nowNs;
      health.renewNs = renewNs;
    }
    return health.probeNs;
  }

  /** All nodes get a new chance: the control plane itself was cut off. */
  resetAll(nowNs: number): void {
    for (const health of this.byNode.values()) health.probeNs = nowNs;
  }

  forget(nodeId: number): void {
    this.byNode.delete(nodeId);
  }
}
