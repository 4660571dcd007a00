import type { JsonObject } from './json.js';
import type { PodDisruptionBudgetSpec } from './pod-disruption-budget.js';

/** Fields of a PodDisruptionBudget's spec that are typed. */
export const BUDGET_FIELDS = ['minAvailable', 'maxUnavailable', 'selector', 'unhealthyPodEvictionPolicy'] as const;

/** Spec of a PodDisruptionBudget out of a checked manifest. */
export function budgetSpec(manifest: JsonObject): PodDisruptionBudgetSpec {
  const known = manifest as unknown as Partial<PodDisruptionBudgetSpec>;
  return {
    minAvailable: known.minAvailable ?? undefined,
    maxUnavailable: known.maxUnavailable ?? undefined,
    selector: known.selector ?? null,
    unhealthyPodEvictionPolicy: known.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget',
  };
}
