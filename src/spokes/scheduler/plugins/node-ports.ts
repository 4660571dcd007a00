import type { Pod } from '../../../api/pod.js';
import type { HostPort } from '../../../api/pod-shape.js';
import { ADD, DELETE, type WakeRule } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter } from '../plugin.js';
import { unschedulable } from '../rejection.js';

const NAME = 'NodePorts';
const REJECTION = unschedulable(NAME, "node(s) didn't have free ports for the requested pod ports");
const ANY_ADDRESS = '0.0.0.0';

function clash(a: HostPort, b: HostPort): boolean {
  if (a.port !== b.port || a.protocol !== b.protocol) return false;
  const [ipA, ipB] = [a.ip === '' ? ANY_ADDRESS : a.ip, b.ip === '' ? ANY_ADDRESS : b.ip];
  return ipA === ipB || ipA === ANY_ADDRESS || ipB === ANY_ADDRESS;
}

function clashAny(wanted: readonly HostPort[], taken: readonly HostPort[]): boolean {
  return wanted.some((port) => taken.some((other) => clash(port, other)));
}

const WAKES: readonly WakeRule[] = [
  {
    resource: 'Pod',
    actions: DELETE,
    hint: (waiting, { before }) => {
      const gone = before as Pod;
      if (gone.spec.nodeName === '' && gone.status.nominatedNodeName === '') return false;
      return clashAny(waiting.spec.shape.hostPorts, gone.spec.shape.hostPorts);
    },
  },
  { resource: 'Node', actions: ADD },
];

/** Two pods cannot hold the same host port of one node (plugins/nodeports). */
export function nodePorts(table: NodeTable): Plugin {
  return {
    name: NAME,
    reach: 'pods',
    wakes: WAKES,
    filter({ kind }: PendingPod): PodFilter | undefined {
      const wanted = kind.shape.hostPorts;
      if (wanted.length === 0) return undefined;
      return {
        check: (node) => (clashAny(wanted, table.ports.of(node)) ? REJECTION : undefined),
      };
    },
  };
}
