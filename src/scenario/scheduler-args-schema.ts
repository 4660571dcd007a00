import * as z from 'zod';
import { labelKeyProblem } from '../api/names.js';
import { NodeSelectorTerm, type NodeSelectorTermManifest } from '../api/node-affinity.js';
import type { NodeAffinityManifest } from '../api/pod-manifest.js';
import { DEFAULT_ARGS, type PluginArgs, type ScoringStrategy, STRATEGIES } from '../spokes/scheduler/plugin-args.js';
import type { SpreadConstraintManifest } from '../spokes/scheduler/plugins/spread-constraint.js';
import { section } from './schema-values.js';

const typeMeta = { apiVersion: z.string().optional(), kind: z.string().optional() };

const labelName = z.string().superRefine((key, context) => {
  const problem = key === '' ? 'must not be empty' : labelKeyProblem(key);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `${JSON.stringify(key)} ${problem}` });
});

/** A list of which no two elements have the same key. */
function distinct<T>(element: z.ZodType<T>, keyOf: (value: T) => string, field: string): z.ZodType<T[]> {
  return z.array(element).superRefine((values, context) => {
    const seen = new Set<string>();
    values.forEach((value, index) => {
      const key = keyOf(value);
      if (seen.has(key)) context.addIssue({ code: 'custom', message: `${key} is there twice`, path: [index, field] });
      seen.add(key);
    });
  });
}

/** Kubernetes takes a weight of 0 for 1; whoever wrote it meant something else. */
function resources(most: number): z.ZodType<{ name: string; weight: number }[]> {
  const weight = z.number().int().min(1).max(most).default(1);
  const resource = section({ name: z.string(), weight }, 'A resource and its weight');
  return distinct(resource, ({ name }) => name, 'name');
}

const point = section(
  { utilization: z.number().int().min(0).max(100), score: z.number().int().min(0).max(10) },
  'A point of the shape',
);

const shape = z
  .array(point)
  .min(1)
  .superRefine((points, context) => {
    const index = points.findIndex(({ utilization }, i) => i > 0 && points[i - 1]!.utilization >= utilization);
    if (index < 0) return;
    const message = 'the points must be sorted by increasing utilization';
    context.addIssue({ code: 'custom', message, path: [index, 'utilization'] });
  });

const strategy = section(
  {
    type: z.enum(STRATEGIES).default('LeastAllocated'),
    resources: resources(100).optional(),
    requestedToCapacityRatio: section({ shape }, 'Of RequestedToCapacityRatio').optional(),
  },
  'How NodeResourcesFit scores',
)
  .superRefine(({ type, requestedToCapacityRatio: ratio }, context) => {
    const path = ['requestedToCapacityRatio'];
    if (type === 'RequestedToCapacityRatio' && ratio === undefined)
      context.addIssue({ code: 'custom', message: 'must be given when type is RequestedToCapacityRatio', path });
    if (type !== 'RequestedToCapacityRatio' && ratio !== undefined)
      context.addIssue({ code: 'custom', message: `must be left out when type is ${type}`, path });
  })
  .transform(({ type, resources: chosen = [], requestedToCapacityRatio }): ScoringStrategy => {
    const usual = DEFAULT_ARGS.nodeResourcesFit.scoringStrategy.resources;
    return { type, resources: chosen.length === 0 ? usual : chosen, shape: requestedToCapacityRatio?.shape ?? [] };
  });

const nodeResourcesFit = section(
  {
    ...typeMeta,
    scoringStrategy: strategy.default(DEFAULT_ARGS.nodeResourcesFit.scoringStrategy),
    ignoredResources: z.array(labelName).default([]),
    ignoredResourceGroups: z
      .array(labelName.refine((group) => !group.includes('/'), "a resource group cannot contain '/'"))
      .default([]),
  },
  'NodeResourcesFitArgs',
).transform(({ scoringStrategy, ignoredResources, ignoredResourceGroups }) => ({
  nodeResourcesFit: { scoringStrategy, ignoredResources, ignoredResourceGroups },
}));

const balancedAllocation = section({ ...typeMeta, resources: resources(1).default([]) }, 'BalancedAllocationArgs')
  .transform((args) => args.resources.map(({ name }) => name))
  .transform((names) => ({
    balancedAllocation: { resources: names.length === 0 ? DEFAULT_ARGS.balancedAllocation.resources : names },
  }));

const constraint: z.ZodType<SpreadConstraintManifest> = section(
  {
    maxSkew: z.number().int().min(1),
    topologyKey: labelName,
    whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
  },
  'A constraint without a selector, which follows from services and owners',
);

const podTopologySpread = section(
  {
    ...typeMeta,
    defaultConstraints: distinct(
      constraint,
      ({ topologyKey, whenUnsatisfiable }) => `{${topologyKey}, ${whenUnsatisfiable}}`,
      'topologyKey',
    ).default([]),
    defaultingType: z.enum(['System', 'List']).default('System'),
  },
  'PodTopologySpreadArgs',
)
  .refine(({ defaultingType, defaultConstraints }) => defaultingType === 'List' || defaultConstraints.length === 0, {
    message: 'must be List when there are defaultConstraints',
    path: ['defaultingType'],
  })
  .transform(({ defaultingType, defaultConstraints }) => ({
    podTopologySpread: { defaultConstraints: defaultingType === 'System' ? undefined : defaultConstraints },
  }));

const interPodAffinity = section(
  {
    ...typeMeta,
    hardPodAffinityWeight: z.number().int().min(0).max(100).default(1),
    ignorePreferredTermsOfExistingPods: z.boolean().default(false),
  },
  'InterPodAffinityArgs',
).transform(({ hardPodAffinityWeight, ignorePreferredTermsOfExistingPods }) => ({
  interPodAffinity: { hardPodAffinityWeight, ignorePreferredTermsOfExistingPods },
}));

const selectorTerm = z.custom<NodeSelectorTermManifest>().superRefine((term, context) => {
  const error = new NodeSelectorTerm(term).error;
  if (error !== undefined) context.addIssue({ code: 'custom', message: error.message });
});

const addedAffinity: z.ZodType<NodeAffinityManifest> = section(
  {
    requiredDuringSchedulingIgnoredDuringExecution: section(
      { nodeSelectorTerms: z.array(selectorTerm) },
      '',
    ).optional(),
    preferredDuringSchedulingIgnoredDuringExecution: z
      .array(section({ weight: z.number().int().min(1).max(100), preference: selectorTerm }, 'A preference'))
      .optional(),
  },
  'Node affinity',
).transform((affinity) => affinity as NodeAffinityManifest);

const nodeAffinity = section({ ...typeMeta, addedAffinity: addedAffinity.optional() }, 'NodeAffinityArgs').transform(
  (args) => ({ nodeAffinity: { addedAffinity: args.addedAffinity } }),
);

const defaultPreemption = section(
  {
    ...typeMeta,
    minCandidateNodesPercentage: z.number().int().min(0).max(100).default(10),
    minCandidateNodesAbsolute: z.number().int().min(0).default(100),
  },
  'DefaultPreemptionArgs',
)
  .refine((args) => args.minCandidateNodesPercentage > 0 || args.minCandidateNodesAbsolute > 0, {
    message: 'must not be 0 when minCandidateNodesAbsolute is 0 as well',
    path: ['minCandidateNodesPercentage'],
  })
  .transform(({ minCandidateNodesPercentage, minCandidateNodesAbsolute }) => ({
    defaultPreemption: { minCandidateNodesPercentage, minCandidateNodesAbsolute },
  }));

/** Volumes are bound at once here, so that no binding times out. */
const volumeBinding = section(
  { ...typeMeta, bindTimeoutSeconds: z.number().int().min(0).optional() },
  'VolumeBindingArgs',
).transform(() => ({}));

/** The plugins that take arguments. */
export const ARGS_SCHEMAS: Readonly<Record<string, z.ZodType<Partial<PluginArgs>>>> = {
  DefaultPreemption: defaultPreemption,
  InterPodAffinity: interPodAffinity,
  NodeAffinity: nodeAffinity,
  NodeResourcesBalancedAllocation: balancedAllocation,
  NodeResourcesFit: nodeResourcesFit,
  PodTopologySpread: podTopologySpread,
  VolumeBinding: volumeBinding,
};
