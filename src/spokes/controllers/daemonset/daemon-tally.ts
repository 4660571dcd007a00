import type { DaemonNode } from './daemon-node.js';
import { addTotals, type DaemonTotals, noTotals } from './daemon-totals.js';
import type { NodeFacts } from './node-facts.js';
import type { RolloutRole } from './node-rollout.js';

/** What the facts of a DaemonSet's nodes add up to. */
export class DaemonTally {
  readonly totals: DaemonTotals;
  /** Nodes, and names without one, for which the main loop of a sync wants something. */
  readonly wanting: Set<DaemonNode>;
  readonly byRole: Readonly<Record<RolloutRole, Set<DaemonNode>>>;
  /** Nodes with a pod that is ready and not available yet. */
  readonly ripening: Set<DaemonNode>;

  constructor() {
    this.totals = noTotals();
    this.wanting = new Set();
    this.byRole = { broken: new Set(), serving: new Set(), replaced: new Set() };
    this.ripening = new Set();
  }

  /** From now on the node has these facts; undefined where it counts no more. */
  put(node: DaemonNode, facts: NodeFacts | undefined): void {
    if (node.facts !== undefined) this.change(node, node.facts, -1);
    node.facts = facts;
    if (facts !== undefined) this.change(node, facts, 1);
  }

  private change(node: DaemonNode, { totals, rollout, wants, dueNs }: NodeFacts, sign: 1 | -1): void {
    const change = sign === 1 ? 'add' : 'delete';
    addTotals(this.totals, totals, sign);
    if (wants) this.wanting[change](node);
    if (rollout.role !== undefined) this.byRole[rollout.role][change](node);
    if (dueNs < Number.POSITIVE_INFINITY) this.ripening[change](node);
  }
}
