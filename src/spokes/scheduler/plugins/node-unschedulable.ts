import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import { type Taint, toleratesAny } from '../../../api/taint.js';
import { ADD, UPDATE_NODE_TAINT, UPDATE_POD_TOLERATION, type WakeRule } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter } from '../plugin.js';
import { unresolvable } from '../rejection.js';

const NAME = 'NodeUnschedulable';
const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };
const REJECTION = unresolvable(NAME, 'node(s) were unschedulable');

const WAKES: readonly WakeRule[] = [
  {
    resource: 'Node',
    actions: ADD | UPDATE_NODE_TAINT,
    hint: (_, { before, after }) =>
      !(after as Node).spec.unschedulable && (before === undefined || (before as Node).spec.unschedulable),
  },
  {
    resource: 'Pod',
    actions: UPDATE_POD_TOLERATION,
    hint: (waiting, { after }) =>
      waiting.id === after!.id && toleratesAny((after as Pod).spec.shape.tolerations, UNSCHEDULABLE),
  },
];

/** Cordoned nodes take only pods that tolerate it (plugins/nodeunschedulable). */
export function nodeUnschedulable(table: NodeTable): Plugin {
  return {
    name: NAME,
    reach: 'node',
    wakes: WAKES,
    filter({ kind }: PendingPod): PodFilter | undefined {
      if (toleratesAny(kind.shape.tolerations, UNSCHEDULABLE)) return undefined;
      return { check: (node) => (table.nodes[node]!.spec.unschedulable ? REJECTION : undefined) };
    },
  };
}
