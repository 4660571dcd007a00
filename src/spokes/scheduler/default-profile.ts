import type { NodeTable } from './node-table.js';
import type { WeightedPlugin } from './plugin.js';
import { balancedAllocation } from './plugins/balanced-allocation.js';
import { nodeAffinity } from './plugins/node-affinity.js';
import { nodeName } from './plugins/node-name.js';
import { nodePorts } from './plugins/node-ports.js';
import { nodeResourcesFit } from './plugins/node-resources-fit.js';
import { nodeUnschedulable } from './plugins/node-unschedulable.js';
import { SCHEDULING_GATES } from './plugins/scheduling-gates.js';
import { taintToleration } from './plugins/taint-toleration.js';

/** Plugins and weights of the default profile in their order (kubernetes-facts D3; apis/config/v1 default_plugins.go). */
export function defaultPlugins(table: NodeTable, minorVersion: number): readonly WeightedPlugin[] {
  return [
    { plugin: SCHEDULING_GATES, weight: 0 },
    { plugin: nodeUnschedulable(table), weight: 0 },
    { plugin: nodeName(table), weight: 0 },
    { plugin: taintToleration(table), weight: 3 },
    { plugin: nodeAffinity(table), weight: 2 },
    { plugin: nodePorts(table), weight: 0 },
    { plugin: nodeResourcesFit(table), weight: 1 },
    { plugin: balancedAllocation(table, minorVersion), weight: 1 },
  ];
}
