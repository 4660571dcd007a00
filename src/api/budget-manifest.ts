import type { JsonObject } from './json.js';
import type { PodDisruptionBudgetSpec, PodDisruptionBudgetStatus } from './pod-disruption-budget.js';
import { timestamp } from './timestamp.js';

export function budgetManifest({ selector, ...spec }: PodDisruptionBudgetSpec): JsonObject {
  return { ...spec, selector: selector ?? undefined };
}

export function budgetStatusManifest({ disruptedPods, reason, ...counts }: PodDisruptionBudgetStatus): JsonObject {
  const granted = [...disruptedPods].map(([name, grantedNs]) => [name, timestamp(grantedNs)] as const);
  const allowed = { type: 'DisruptionAllowed', status: reason === 'SufficientPods' ? 'True' : 'False', reason };
  return {
    ...counts,
    disruptedPods: granted.length === 0 ? undefined : Object.fromEntries(granted),
    conditions: reason === '' ? undefined : [allowed],
  };
}
