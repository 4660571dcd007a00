import { compileSelector, type LabelSelector } from '../../api/label-selector.js';
import type { ApiObject } from '../../api/object.js';
import type { Informer } from '../../client/informer.js';
import type { DisruptionBudget } from './disruption-budget.js';

/** What preemption reads of a PodDisruptionBudget; the status is the disruption controller's. */
export type BudgetObject = ApiObject<
  { readonly selector?: LabelSelector | null } | undefined,
  | {
      readonly disruptionsAllowed?: number;
      readonly disruptedPods?: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>;
    }
  | undefined
>;

/** The PodDisruptionBudgets that an informer knows, made ready for preemption when first asked for after a change. */
export class InformerBudgets {
  private readonly informer: Informer<BudgetObject>;
  private known: readonly DisruptionBudget[] | undefined;

  constructor(informer: Informer<BudgetObject>) {
    this.informer = informer;
    this.known = undefined;
    const changed = (): void => {
      this.known = undefined;
    };
    informer.addHandler({ added: changed, updated: changed, deleted: changed });
  }

  all(): readonly DisruptionBudget[] {
    this.known ??= Array.from(this.informer.cache.values(), budgetOf);
    return this.known;
  }
}

/** A budget that no controller has looked at yet allows nothing. */
function budgetOf({ metadata, spec, status }: BudgetObject): DisruptionBudget {
  const disrupted = status?.disruptedPods ?? {};
  return {
    namespace: metadata.namespace,
    selector: compileSelector(spec?.selector),
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
    disruptedPods: new Set(disrupted instanceof Map ? disrupted.keys() : Object.keys(disrupted)),
  };
}
