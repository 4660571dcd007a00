import { scaledValue } from '../../../api/int-or-percent.js';
import type { OwnerReference } from '../../../api/meta.js';
import type { PodDisruptionBudgetSpec } from '../../../api/pod-disruption-budget.js';
import type { CoveredPods } from './covered-pods.js';

/** What scales a pod: the workload above its controller, or the controller itself. */
export interface Scale {
  /** The same for all pods of one workload. */
  readonly workload: string;
  readonly replicas: number;
}

/** Finds the scale behind the controller of a pod; undefined if it has none. */
export type FindScale = (controller: OwnerReference) => Scale | undefined;

/** How many pods a budget counts with. */
export interface Expectation {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
}

/**
 * What a budget demands of its pods (disruption.go getExpectedPodCount): a whole minAvailable counts the pods that there
 * are, all others the replicas of the workloads behind them. Percentages round up. Undefined if a pod's workload cannot be
 * found; pods without a controller are left out. Throws InputError for a malformed percentage.
 */
export function expectedPods(
  spec: PodDisruptionBudgetSpec,
  pods: CoveredPods,
  findScale: FindScale,
): Expectation | undefined {
  const { minAvailable, maxUnavailable } = spec;
  if (maxUnavailable === undefined && minAvailable === undefined) return { expectedPods: 0, desiredHealthy: 0 };
  if (maxUnavailable === undefined && typeof minAvailable === 'number')
    return { expectedPods: pods.count, desiredHealthy: minAvailable };
  const expected = totalScale(pods, findScale);
  if (expected === undefined) return undefined;
  const desiredHealthy =
    maxUnavailable === undefined
      ? scaledValue(minAvailable!, expected, true)
      : Math.max(0, expected - scaledValue(maxUnavailable, expected, true));
  return { expectedPods: expected, desiredHealthy };
}

/** Replicas of all workloads behind the pods. */
function totalScale(pods: CoveredPods, findScale: FindScale): number | undefined {
  const replicas = new Map<string, number>();
  for (const controller of pods.controllers()) {
    const scale = findScale(controller);
    if (scale === undefined) return undefined;
    replicas.set(scale.workload, scale.replicas);
  }
  return [...replicas.values()].reduce((sum, each) => sum + each, 0);
}
