import type { Node } from '../../../api/node.js';
import { firstUntoleratedTaint, toleratesAny } from '../../../api/taint.js';
import { ADD, UPDATE_NODE_TAINT, UPDATE_POD_TOLERATION, type WakeRule } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import { normalizeReversed } from '../normalize.js';
import type { PendingPod, Plugin, PodFilter, PodScore } from '../plugin.js';
import { unresolvable } from '../rejection.js';

const NAME = 'TaintToleration';
const REJECTION = unresolvable(NAME, 'node(s) had untolerated taint(s)');

const WAKES: readonly WakeRule[] = [
  {
    resource: 'Node',
    actions: ADD | UPDATE_NODE_TAINT,
    hint: (waiting, { before, after }) => {
      const repels = (node: Node): boolean =>
        firstUntoleratedTaint(node.spec.taints, waiting.spec.shape.tolerations) !== undefined;
      return (before === undefined || repels(before as Node)) && !repels(after as Node);
    },
  },
  { resource: 'Pod', actions: UPDATE_POD_TOLERATION, hint: (waiting, { after }) => waiting.id === after!.id },
];

/** Taints keep pods away, or make a node less liked (plugins/tainttoleration). */
export function taintToleration(table: NodeTable): Plugin {
  return {
    name: NAME,
    reach: 'node',
    wakes: WAKES,
    filter({ kind }: PendingPod): PodFilter {
      const { tolerations } = kind.shape;
      return {
        check: (node) =>
          firstUntoleratedTaint(table.nodes[node]!.spec.taints, tolerations) === undefined ? undefined : REJECTION,
      };
    },
    score({ kind }: PendingPod): PodScore {
      const tolerations = kind.shape.tolerations.filter(({ effect }) => effect === '' || effect === 'PreferNoSchedule');
      return {
        score(node: number): number {
          let intolerable = 0;
          for (const taint of table.nodes[node]!.spec.taints) {
            if (taint.effect === 'PreferNoSchedule' && !toleratesAny(tolerations, taint)) intolerable++;
          }
          return intolerable;
        },
        normalize: normalizeReversed,
      };
    },
  };
}
