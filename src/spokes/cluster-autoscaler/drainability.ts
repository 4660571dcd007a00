import { matches } from '../../api/label-selector.js';
import { controllerOf } from '../../api/meta.js';
import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import type { PodDisruptionBudget } from '../../api/pod-disruption-budget.js';

const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const SAFE_VOLUMES = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
const SCALE_DOWN_DISABLED = 'cluster-autoscaler.kubernetes.io/scale-down-disabled';

/** Which pods keep their node; names as the flags'. */
export interface DrainabilityOptions {
  /** Pods of kube-system that no budget speaks of. */
  readonly skipNodesWithSystemPods: boolean;
  /** Pods whose directories on the node would be lost. */
  readonly skipNodesWithLocalStorage: boolean;
}

interface VolumeManifest {
  readonly name?: string;
  readonly hostPath?: unknown;
  readonly emptyDir?: { readonly medium?: string };
}

/** Whether somebody wants a node to stay, whatever runs there (utils eligibility HasNoScaleDownAnnotation). */
export function isKept({ metadata }: Node): boolean {
  return metadata.annotations[SCALE_DOWN_DISABLED] === 'true';
}

/**
 * Whether a pod that would have to move keeps its node from being taken away (simulator/drainability/rules): it would not
 * be made again, is one of the system's own, is not to be evicted, would lose what it has stored, or its budget is used up.
 */
export function keepsNode(pod: Pod, budgets: Iterable<PodDisruptionBudget>, options: DrainabilityOptions): boolean {
  const { metadata } = pod;
  const safe = metadata.annotations[SAFE_TO_EVICT];
  if (safe === 'true') return false;
  if (safe === 'false' || controllerOf(metadata) === undefined) return true;
  if (options.skipNodesWithLocalStorage && hasLocalStorage(pod)) return true;
  const own = [...budgets].filter(
    (budget) => budget.metadata.namespace === metadata.namespace && matches(budget.spec.selector, metadata.labels),
  );
  if (options.skipNodesWithSystemPods && metadata.namespace === 'kube-system' && own.length === 0) return true;
  return own.some(({ status }) => status.disruptionsAllowed < 1);
}

/** Directories in memory do not count, nor those that are said to be of no importance (utils/drain HasBlockingLocalStorage). */
function hasLocalStorage({ metadata, spec }: Pod): boolean {
  const volumes = (spec.shape.spec.volumes ?? []) as readonly VolumeManifest[];
  const unimportant = (metadata.annotations[SAFE_VOLUMES] ?? '').split(',');
  return volumes.some(({ name = '', hostPath, emptyDir }) => {
    const isLocal = hostPath !== undefined || (emptyDir !== undefined && emptyDir?.medium !== 'Memory');
    return isLocal && !unimportant.includes(name);
  });
}
