import type { NodeAffinityManifest } from '../../api/pod-manifest.js';
import type { SpreadConstraintManifest } from './plugins/spread-constraint.js';

/** A resource and how much its score counts. */
export interface ResourceWeight {
  readonly name: string;
  readonly weight: number;
}

/** A point of a broken line: utilization in percent, score from 0 to 10. */
export interface ShapePoint {
  readonly utilization: number;
  readonly score: number;
}

export const STRATEGIES = ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'] as const;

export interface ScoringStrategy {
  readonly type: (typeof STRATEGIES)[number];
  readonly resources: readonly ResourceWeight[];
  /** Of RequestedToCapacityRatio alone. */
  readonly shape: readonly ShapePoint[];
}

/** What the plugins of a profile are told, with the names of KubeSchedulerConfiguration (apis/config types_pluginargs.go). */
export interface PluginArgs {
  readonly nodeResourcesFit: {
    readonly scoringStrategy: ScoringStrategy;
    /** Extended resources that the filter leaves out, by name or by the part before the slash. */
    readonly ignoredResources: readonly string[];
    readonly ignoredResourceGroups: readonly string[];
  };
  readonly balancedAllocation: { readonly resources: readonly string[] };
  readonly podTopologySpread: {
    /** For pods that state none; `undefined`: those of the system. */
    readonly defaultConstraints: readonly SpreadConstraintManifest[] | undefined;
  };
  readonly interPodAffinity: {
    readonly hardPodAffinityWeight: number;
    readonly ignorePreferredTermsOfExistingPods: boolean;
  };
  /** What all pods ask of their nodes beside what they say themselves. */
  readonly nodeAffinity: { readonly addedAffinity: NodeAffinityManifest | undefined };
  readonly defaultPreemption: {
    readonly minCandidateNodesPercentage: number;
    readonly minCandidateNodesAbsolute: number;
  };
}

/** The defaults of kube-scheduler (apis/config/v1 defaults.go). */
export const DEFAULT_ARGS: PluginArgs = {
  nodeResourcesFit: {
    scoringStrategy: {
      type: 'LeastAllocated',
      resources: [
        { name: 'cpu', weight: 1 },
        { name: 'memory', weight: 1 },
      ],
      shape: [],
    },
    ignoredResources: [],
    ignoredResourceGroups: [],
  },
  balancedAllocation: { resources: ['cpu', 'memory'] },
  podTopologySpread: { defaultConstraints: undefined },
  interPodAffinity: { hardPodAffinityWeight: 1, ignorePreferredTermsOfExistingPods: false },
  nodeAffinity: { addedAffinity: undefined },
  defaultPreemption: { minCandidateNodesPercentage: 10, minCandidateNodesAbsolute: 100 },
};
