import { ADD, type WakeRule } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter } from '../plugin.js';
import { unresolvable } from '../rejection.js';

const NAME = 'NodeName';
const REJECTION = unresolvable(NAME, "node(s) didn't match the requested node name");
const WAKES: readonly WakeRule[] = [{ resource: 'Node', actions: ADD }];

/** A pod that names its node fits there only (plugins/nodename); pods that wait in the queue name none. */
export function nodeName(table: NodeTable): Plugin {
  return {
    name: NAME,
    reach: 'cluster',
    wakes: WAKES,
    filter({ pod }: PendingPod): PodFilter | undefined {
      const wanted = pod.spec.nodeName;
      if (wanted === '') return undefined;
      return { check: (node) => (table.names[node] === wanted ? undefined : REJECTION) };
    },
  };
}
