import { type Listers, NO_LISTERS } from './listers.js';
import type { NodeTable } from './node-table.js';
import type { WeightedPlugin } from './plugin.js';
import { balancedAllocation } from './plugins/balanced-allocation.js';
import { defaultPreemption } from './plugins/default-preemption.js';
import { imageLocality } from './plugins/image-locality.js';
import { interPodAffinity } from './plugins/inter-pod-affinity.js';
import { nodeAffinity } from './plugins/node-affinity.js';
import { nodeName } from './plugins/node-name.js';
import { nodePorts } from './plugins/node-ports.js';
import { nodeResourcesFit } from './plugins/node-resources-fit.js';
import { nodeUnschedulable } from './plugins/node-unschedulable.js';
import { podTopologySpread } from './plugins/pod-topology-spread.js';
import { SCHEDULING_GATES } from './plugins/scheduling-gates.js';
import { taintToleration } from './plugins/taint-toleration.js';

/** Plugins and weights of the default profile in their order (kubernetes-facts D3; apis/config/v1 default_plugins.go). */
export function defaultPlugins(
  table: NodeTable,
  minorVersion: number,
  listers: Listers = NO_LISTERS,
  preemptionUnderWay: (podId: number) => boolean = () => false,
): readonly WeightedPlugin[] {
  return [
    { plugin: SCHEDULING_GATES, weight: 0 },
    { plugin: nodeUnschedulable(table), weight: 0 },
    { plugin: nodeName(table), weight: 0 },
    { plugin: taintToleration(table), weight: 3 },
    { plugin: nodeAffinity(table), weight: 2 },
    { plugin: nodePorts(table), weight: 0 },
    { plugin: nodeResourcesFit(table), weight: 1 },
    { plugin: podTopologySpread(table, listers), weight: 2 },
    { plugin: interPodAffinity(table, listers), weight: 2 },
    { plugin: defaultPreemption(preemptionUnderWay), weight: 0 },
    { plugin: balancedAllocation(table, minorVersion), weight: 1 },
    { plugin: imageLocality(table), weight: 1 },
  ];
}
