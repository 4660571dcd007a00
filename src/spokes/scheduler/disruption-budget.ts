import type { Selector } from '../../api/label-selector.js';
import type { PlacedPod } from './placed-pod.js';

/** A PodDisruptionBudget as preemption reads it. */
export interface DisruptionBudget {
  readonly namespace: string;
  /** An empty one protects nothing. */
  readonly selector: Selector;
  readonly disruptionsAllowed: number;
  /** Names of pods whose disruption is counted already. */
  readonly disruptedPods: ReadonlySet<string>;
}

/** Parts pods, in their order, into those whose removal would violate a budget and the others (filterPodsWithPDBViolation). */
export function splitByBudget(
  pods: readonly PlacedPod[],
  budgets: readonly DisruptionBudget[],
): { readonly violating: readonly PlacedPod[]; readonly harmless: readonly PlacedPod[] } {
  const allowed = budgets.map(({ disruptionsAllowed }) => disruptionsAllowed);
  const violating: PlacedPod[] = [];
  const harmless: PlacedPod[] = [];
  for (const placed of pods) {
    let violates = false;
    budgets.forEach((budget, i) => {
      if (!protects(budget, placed)) return;
      allowed[i]! -= 1;
      if (allowed[i]! < 0) violates = true;
    });
    (violates ? violating : harmless).push(placed);
  }
  return { violating, harmless };
}

function protects({ namespace, selector, disruptedPods }: DisruptionBudget, { pod }: PlacedPod): boolean {
  const { metadata } = pod;
  if (metadata.namespace !== namespace || Object.keys(metadata.labels).length === 0) return false;
  return !selector.empty && selector.matches(metadata.labels) && !disruptedPods.has(metadata.name);
}
