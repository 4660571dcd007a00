import { newColumn, roomFor, widened } from '../../../api/columns.js';
import type { Lease, Node } from '../../../api/node.js';

const UNSEEN = -1;
const NO_LEASE: number = Number.NEGATIVE_INFINITY;

/**
 * When each node was last seen alive: counted from the pass that first *sees* a renewed lease or status, not from the
 * renewal (node_lifecycle_controller.go tryUpdateNodeHealth). Columns by node id.
 */
export class NodeHealth {
  /** When a pass last saw a new sign of life; −1 before the first. */
  private probeNs: Float64Array;
  private heartbeatNs: Float64Array;
  /** −∞ when no lease is remembered, so that any lease is a new sign of life, whatever clock stamped it. */
  private renewNs: Float64Array;

  constructor() {
    this.probeNs = newColumn(Float64Array, 0);
    this.heartbeatNs = newColumn(Float64Array, 0);
    this.renewNs = newColumn(Float64Array, 0);
  }

  /** Looks at a node and its lease, and gives the time of its last sign of life. */
  observe(node: Node, lease: Lease | undefined, nowNs: number): number {
    const { id, status } = node;
    const renewNs = lease === undefined ? NO_LEASE : lease.spec.renewTimeNs;
    if (id >= this.probeNs.length) this.grow(id);
    if (this.probeNs[id] === UNSEEN) {
      this.probeNs[id] = nowNs;
      this.heartbeatNs[id] = status.readyHeartbeatNs;
      this.renewNs[id] = renewNs;
      return nowNs;
    }
    const renewed = renewNs > this.renewNs[id]!;
    if (this.heartbeatNs[id] !== status.readyHeartbeatNs) {
      this.heartbeatNs[id] = status.readyHeartbeatNs;
      this.probeNs[id] = nowNs;
      // The original forgets the lease here, and takes the same one for news in its next pass.
      this.renewNs[id] = NO_LEASE;
    }
    return renewed ? this.observeLease(id, renewNs, nowNs) : this.probeNs[id]!;
  }

  /** The same for a node whose status is as it was in the last pass. */
  observeLease(id: number, renewNs: number, nowNs: number): number {
    if (renewNs > this.renewNs[id]!) {
      this.probeNs[id] = nowNs;
      this.renewNs[id] = renewNs;
    }
    return this.probeNs[id]!;
  }

  /** All nodes get a new chance: the control plane itself was cut off. */
  resetAll(nowNs: number): void {
    for (let id = 0; id < this.probeNs.length; id++) if (this.probeNs[id] !== UNSEEN) this.probeNs[id] = nowNs;
  }

  forget(nodeId: number): void {
    if (nodeId < this.probeNs.length) this.probeNs[nodeId] = UNSEEN;
  }

  private grow(id: number): void {
    const rows = roomFor(id + 1, this.probeNs.length);
    this.probeNs = widened(this.probeNs, rows, UNSEEN);
    this.heartbeatNs = widened(this.heartbeatNs, rows, UNSEEN);
    this.renewNs = widened(this.renewNs, rows, UNSEEN);
  }
}
