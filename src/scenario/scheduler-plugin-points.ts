import type { PointName } from './scheduler-plugins.js';

const FILTER: readonly PointName[] = ['filter'];
const PRE_FILTER: readonly PointName[] = ['preFilter', 'filter'];
const SCORE: readonly PointName[] = ['preScore', 'score'];
const ALL: readonly PointName[] = [...PRE_FILTER, ...SCORE];

/** The points that each plugin extends (Kubernetes 1.36, scheduler/framework/plugins: `var _ fwk.…Plugin`); it can be enabled at no other. */
export const PLUGIN_POINTS: Readonly<Record<string, readonly PointName[]>> = {
  SchedulingGates: ['preEnqueue'],
  PrioritySort: ['queueSort'],
  NodeUnschedulable: FILTER,
  NodeName: FILTER,
  TaintToleration: ['filter', ...SCORE],
  NodeAffinity: ALL,
  NodePorts: PRE_FILTER,
  NodeResourcesFit: ALL,
  VolumeRestrictions: PRE_FILTER,
  NodeVolumeLimits: PRE_FILTER,
  VolumeBinding: [...ALL, 'reserve', 'preBind'],
  VolumeZone: PRE_FILTER,
  PodTopologySpread: ALL,
  InterPodAffinity: ALL,
  DynamicResources: ['preEnqueue', ...PRE_FILTER, 'postFilter', 'score', 'reserve', 'preBind'],
  DefaultPreemption: ['preEnqueue', 'postFilter'],
  NodeResourcesBalancedAllocation: SCORE,
  ImageLocality: ['score'],
  DefaultBinder: ['bind'],
  NodeDeclaredFeatures: PRE_FILTER,
};
