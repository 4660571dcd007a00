import { InputError } from './input-error.js';
import { matches } from './label-selector.js';
import type { Pod } from './pod.js';
import { disruptionReason, type PodDisruptionBudget, type PodDisruptionBudgetStatus } from './pod-disruption-budget.js';

/** Evictions that the budget's controller may leave unconfirmed (eviction.go MaxDisruptedPodSize). */
const DISRUPTED_PODS_MAX = 2000;

/** Why an eviction is refused. */
export type Refusal =
  | 'several budgets'
  | 'not observed yet'
  | 'budget used up'
  | 'negative budget'
  | 'too many unconfirmed';

/** The answer to an eviction request. */
export type EvictionVerdict =
  | {
      readonly code: 200;
      /** The budget to take from before the pod is deleted. */
      readonly budget: PodDisruptionBudget | undefined;
      /** The pod must still be the version that was judged: it might have become ready since. */
      readonly onlyThisVersion: boolean;
    }
  | { readonly code: 403 | 429 | 500; readonly refusal: Refusal; readonly retryAfterSeconds: number };

/**
 * Whether a pod may be evicted (registry/core/pod/storage/eviction.go). `budgets` are all of its namespace. A pod that
 * does not run, or runs and is not ready while enough others are, may go without touching a budget.
 */
export function judgeEviction(pod: Pod, budgets: Iterable<PodDisruptionBudget>): EvictionVerdict {
  const { phase, ready } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed' || pod.metadata.deleting) return granted(undefined, false);
  if (phase === 'Pending') return granted(undefined, true);
  const [budget, second] = budgetsOf(pod, budgets);
  if (budget === undefined) return granted(undefined, false);
  if (second !== undefined) return { code: 500, refusal: 'several budgets', retryAfterSeconds: 0 };
  if (!ready && sparesUnready(budget)) return granted(undefined, true);
  return refusal(budget) ?? granted(budget, false);
}

function granted(budget: PodDisruptionBudget | undefined, onlyThisVersion: boolean): EvictionVerdict {
  return { code: 200, budget, onlyThisVersion };
}

/** The budgets that cover a pod; a malformed selector covers none. */
export function budgetsOf(pod: Pod, budgets: Iterable<PodDisruptionBudget>): readonly PodDisruptionBudget[] {
  return [...budgets].filter(({ spec }) => {
    try {
      return matches(spec.selector, pod.metadata.labels);
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  });
}

/** Whether a pod that is not ready may go for free. */
function sparesUnready({ spec, status }: PodDisruptionBudget): boolean {
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

function refusal({ metadata, status }: PodDisruptionBudget): EvictionVerdict | undefined {
  if (status.observedGeneration < metadata.generation)
    return { code: 429, refusal: 'not observed yet', retryAfterSeconds: 10 };
  if (status.disruptionsAllowed < 0) return { code: 403, refusal: 'negative budget', retryAfterSeconds: 0 };
  if (status.disruptedPods.size > DISRUPTED_PODS_MAX)
    return { code: 403, refusal: 'too many unconfirmed', retryAfterSeconds: 0 };
  if (status.disruptionsAllowed === 0) return { code: 429, refusal: 'budget used up', retryAfterSeconds: 0 };
  return undefined;
}

/** The budget's status once an eviction has been granted from it (eviction.go checkAndDecrement). */
export function chargeEviction(
  status: PodDisruptionBudgetStatus,
  podName: string,
  nowNs: number,
): PodDisruptionBudgetStatus {
  const disruptionsAllowed = status.disruptionsAllowed - 1;
  const reason = disruptionsAllowed === 0 ? disruptionReason(0) : status.reason;
  return {
    ...status,
    disruptionsAllowed,
    reason,
    disruptedPods: new Map([...status.disruptedPods, [podName, nowNs]]),
  };
}
