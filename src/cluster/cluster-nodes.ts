import { NODE } from '../api/kind.js';
import { type Labels, ZONE_LABEL } from '../api/labels.js';
import { ObjectMeta } from '../api/meta.js';
import type { Node, NodeStatus } from '../api/node.js';
import { draft } from '../api/object.js';
import type { MachineShape, NodeGroup, NodeGroupConfig } from './config.js';

/** The nodes of a cluster as they stand settled before anything happens: registered and Ready. */
export function settledNodes(groups: readonly NodeGroup[]): Node[] {
  const nodes: Node[] = [];
  let counted = 0;
  for (const group of groups) {
    if (group.source === 'file') nodes.push(...group.nodes.map(settled));
    else for (let i = 0; i < group.count; i++) nodes.push(countedNode(group, nodeName(counted++)));
  }
  return nodes;
}

export function nodeCount(groups: readonly NodeGroup[]): number {
  return groups.reduce((sum, group) => sum + (group.source === 'count' ? group.count : group.nodes.length), 0);
}

/** `node-0000`, `node-0001`, … */
function nodeName(index: number): string {
  return `node-${String(index).padStart(4, '0')}`;
}

/** A machine of a node group, the `index`th that there ever was. */
export function groupNode(group: NodeGroupConfig, index: number): Node {
  return countedNode(group, `${group.name}-${String(index).padStart(4, '0')}`);
}

function countedNode(group: MachineShape, name: string): Node {
  const labels: Record<string, string> = {
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/os': 'linux',
    'kubernetes.io/hostname': name,
  };
  if (group.zone !== '') labels[ZONE_LABEL] = group.zone;
  // Assigned, since a copy by spreading would give the labels of each node a hidden class of their own when they are frozen.
  const metadata = ObjectMeta.of({ name, labels: Object.freeze(Object.assign(labels, group.labels)) as Labels });
  const status: NodeStatus = {
    capacity: group.capacity,
    allocatable: group.capacity,
    ready: 'True',
    readyReason: 'KubeletReady',
    readySinceNs: 0,
    readyHeartbeatNs: 0,
  };
  return draft(NODE, metadata, { unschedulable: false, taints: group.taints }, status);
}

function settled(node: Node): Node {
  const status: NodeStatus = { ...node.status, ready: 'True', readyReason: 'KubeletReady', readySinceNs: 0 };
  return node.withStatus({ ...status, readyHeartbeatNs: 0 }) as Node;
}
