import type { LabelSelector } from './label-selector.js';
import type { ApiObject } from './object.js';
import type { IntOrPercent } from './workload.js';

export interface PodDisruptionBudgetSpec {
  /** One of the two is given; if both are missing nothing may be evicted. */
  readonly minAvailable: IntOrPercent | undefined;
  readonly maxUnavailable: IntOrPercent | undefined;
  /** Null matches no pod, `{}` all of the namespace. */
  readonly selector: LabelSelector | null;
  readonly unhealthyPodEvictionPolicy: 'IfHealthyBudget' | 'AlwaysAllow';
}

/** Reason of the DisruptionAllowed condition; `''` while there is none. */
export type DisruptionReason = '' | 'SufficientPods' | 'InsufficientPods' | 'SyncFailed';

export interface PodDisruptionBudgetStatus {
  readonly observedGeneration: number;
  /** Pods that there should be, that must be healthy, and that are. */
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  readonly currentHealthy: number;
  /** How many more evictions the API server may grant before the controller looks again. */
  readonly disruptionsAllowed: number;
  /** Pods that are about to be deleted, and when their eviction was granted. */
  readonly disruptedPods: ReadonlyMap<string, number>;
  readonly reason: DisruptionReason;
}

export type PodDisruptionBudget = ApiObject<PodDisruptionBudgetSpec, PodDisruptionBudgetStatus>;

/** The condition that goes with a number of allowed disruptions (pdbhelper UpdateDisruptionAllowedCondition). */
export function disruptionReason(disruptionsAllowed: number): DisruptionReason {
  return disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods';
}

/** Status of a budget that no controller has seen yet. */
export const NEW_BUDGET_STATUS: PodDisruptionBudgetStatus = Object.freeze({
  observedGeneration: 0,
  expectedPods: 0,
  desiredHealthy: 0,
  currentHealthy: 0,
  disruptionsAllowed: 0,
  disruptedPods: new Map(),
  reason: '',
});
