import {
  disruptionReason,
  type PodDisruptionBudget,
  type PodDisruptionBudgetStatus,
} from '../../../api/pod-disruption-budget.js';
import type { CoveredPods } from './covered-pods.js';
import type { DisruptedPods } from './disrupted-pods.js';
import type { Expectation } from './expected-pods.js';

/** The status for these pods: what is healthy beyond what must be may be disrupted (disruption.go updatePdbStatus). */
export function budgetStatus(
  budget: PodDisruptionBudget,
  expectation: Expectation,
  pods: CoveredPods,
  disrupted: DisruptedPods,
): PodDisruptionBudgetStatus {
  const currentHealthy = pods.healthy - disrupted.discounted;
  const spare = Math.max(0, currentHealthy - expectation.desiredHealthy);
  // A budget that expects no pods allows nothing: its first pods may appear before this status is looked at again.
  const disruptionsAllowed = expectation.expectedPods > 0 ? spare : 0;
  return {
    ...expectation,
    observedGeneration: budget.metadata.generation,
    currentHealthy,
    disruptionsAllowed,
    disruptedPods: disrupted.pods,
    reason: disruptionReason(disruptionsAllowed),
  };
}

/** The status when the pods cannot be counted: nothing may be disrupted (disruption.go failSafe). */
export function failSafe(status: PodDisruptionBudgetStatus): PodDisruptionBudgetStatus {
  return { ...status, disruptionsAllowed: 0, reason: 'SyncFailed' };
}

/** Whether there is nothing to write. */
export function sameBudgetStatus(a: PodDisruptionBudgetStatus, b: PodDisruptionBudgetStatus): boolean {
  return (
    a.observedGeneration === b.observedGeneration &&
    a.expectedPods === b.expectedPods &&
    a.desiredHealthy === b.desiredHealthy &&
    a.currentHealthy === b.currentHealthy &&
    a.disruptionsAllowed === b.disruptionsAllowed &&
    a.reason === b.reason &&
    samePods(a.disruptedPods, b.disruptedPods)
  );
}

function samePods(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, grantedNs] of a) if (b.get(name) !== grantedNs) return false;
  return true;
}
