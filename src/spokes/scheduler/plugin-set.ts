import type { ClaimBindings } from './claim-bindings.js';
import type { CustomPlugin } from './custom-plugin.js';
import type { Listers } from './listers.js';
import type { NodeTable } from './node-table.js';
import type { Plugin, WeightedPlugin } from './plugin.js';
import type { PluginArgs } from './plugin-args.js';
import type { PluginChoice } from './plugin-choice.js';
import { balancedAllocation } from './plugins/balanced-allocation.js';
import { defaultPreemption } from './plugins/default-preemption.js';
import { imageLocality } from './plugins/image-locality.js';
import { interPodAffinity } from './plugins/inter-pod-affinity.js';
import { nodeAffinity } from './plugins/node-affinity.js';
import { nodeName } from './plugins/node-name.js';
import { nodePorts } from './plugins/node-ports.js';
import { nodeResourcesFit } from './plugins/node-resources-fit.js';
import { nodeUnschedulable } from './plugins/node-unschedulable.js';
import { nodeVolumeLimits } from './plugins/node-volume-limits.js';
import { podTopologySpread } from './plugins/pod-topology-spread.js';
import { SCHEDULING_GATES } from './plugins/scheduling-gates.js';
import { taintToleration } from './plugins/taint-toleration.js';
import { volumeBinding } from './plugins/volume-binding.js';
import { volumeRestrictions } from './plugins/volume-restrictions.js';
import { volumeZone } from './plugins/volume-zone.js';
import type { WaitingPodsView } from './waiting-pods.js';

/** What plugins are made from. */
export interface PluginParts {
  readonly table: NodeTable;
  readonly balancesByImprovement: boolean;
  readonly listers: Listers;
  /** Shared by all profiles. */
  readonly claims: ClaimBindings;
  /** Whether the victims of a pod are being deleted. */
  readonly preemptionUnderWay: (podId: number) => boolean;
  readonly args: PluginArgs;
  readonly customPlugins: readonly CustomPlugin[];
  readonly waiting: WaitingPodsView;
}

type Factory = (parts: PluginParts) => Plugin;

/** How each plugin is made; those of the default profile that are not here never reject and never score in this model. */
const FACTORIES: Readonly<Record<string, Factory>> = {
  SchedulingGates: () => SCHEDULING_GATES,
  NodeUnschedulable: ({ table }) => nodeUnschedulable(table),
  NodeName: ({ table }) => nodeName(table),
  TaintToleration: ({ table }) => taintToleration(table),
  NodeAffinity: ({ table, args }) => nodeAffinity(table, args.nodeAffinity.addedAffinity),
  NodePorts: ({ table }) => nodePorts(table),
  NodeResourcesFit: ({ table, args }) => nodeResourcesFit(table, args.nodeResourcesFit),
  PodTopologySpread: ({ table, listers, args }) => podTopologySpread(table, listers, args.podTopologySpread),
  InterPodAffinity: ({ table, listers, args }) => interPodAffinity(table, listers, args.interPodAffinity),
  DefaultPreemption: ({ preemptionUnderWay }) => defaultPreemption(preemptionUnderWay),
  NodeResourcesBalancedAllocation: ({ table, balancesByImprovement, args }) =>
    balancedAllocation(table, balancesByImprovement, args.balancedAllocation.resources),
  VolumeRestrictions: ({ table, claims }) => volumeRestrictions(table, claims),
  NodeVolumeLimits: ({ table, claims }) => nodeVolumeLimits(table, claims),
  VolumeBinding: ({ table, claims }) => volumeBinding(table, claims),
  VolumeZone: ({ table, claims }) => volumeZone(table, claims),
  ImageLocality: ({ table }) => imageLocality(table),
};

/** The plugins of a profile in its order. */
export function makePlugins(choices: readonly PluginChoice[], parts: PluginParts): readonly WeightedPlugin[] {
  const chosen = choices.flatMap(({ name, weight, points }): readonly WeightedPlugin[] => {
    const factory = FACTORIES[name];
    return factory === undefined ? [] : [{ plugin: factory(parts), weight, points }];
  });
  const custom = parts.customPlugins.map(({ make, weight = 1 }) => ({
    plugin: make(parts.table, parts.waiting),
    weight,
  }));
  return [...chosen, ...custom];
}
