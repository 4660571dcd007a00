/** Where a plugin takes part; those points of the framework at which plugins here do anything. */
export type ExtensionPoint = 'preEnqueue' | 'filter' | 'postFilter' | 'score';

/** A plugin that a profile uses, and where. */
export interface PluginChoice {
  readonly name: string;
  /** Weight of its score. */
  readonly weight: number;
  readonly points: ReadonlySet<ExtensionPoint>;
}

export const EXTENSION_POINTS: readonly ExtensionPoint[] = ['preEnqueue', 'filter', 'postFilter', 'score'];
const EVERYWHERE: ReadonlySet<ExtensionPoint> = new Set(EXTENSION_POINTS);

function choice(name: string, weight = 1): PluginChoice {
  return { name, weight, points: EVERYWHERE };
}

/** The default profile in its order (kubernetes-facts D3; apis/config/v1 default_plugins.go). */
export const DEFAULT_CHOICES: readonly PluginChoice[] = [
  choice('SchedulingGates'),
  choice('PrioritySort'),
  choice('NodeUnschedulable'),
  choice('NodeName'),
  choice('TaintToleration', 3),
  choice('NodeAffinity', 2),
  choice('NodePorts'),
  choice('NodeResourcesFit'),
  choice('VolumeRestrictions'),
  choice('NodeVolumeLimits'),
  choice('VolumeBinding'),
  choice('VolumeZone'),
  choice('PodTopologySpread', 2),
  choice('InterPodAffinity', 2),
  choice('DynamicResources', 2),
  choice('DefaultPreemption'),
  choice('NodeResourcesBalancedAllocation'),
  choice('ImageLocality'),
  choice('DefaultBinder'),
  choice('NodeDeclaredFeatures'),
];
