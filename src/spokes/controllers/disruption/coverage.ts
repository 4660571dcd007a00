import { budgetsOf } from '../../../api/eviction.js';
import type { Labels } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';
import type { PodDisruptionBudget } from '../../../api/pod-disruption-budget.js';
import { SelectorIndex } from '../../../api/selector-index.js';
import { labelTexts, wantedOf } from '../../../api/wanted-labels.js';
import type { ObjectCache } from '../../../client/object-cache.js';

const NONE: readonly number[] = [];

/**
 * Which budgets cover a pod. Pods of one template share their labels, and with them the answer, which
 * stands until a budget comes, goes, or selects others.
 */
export class Coverage {
  private readonly budgets: ObjectCache<PodDisruptionBudget>;
  /** Identities of budgets. */
  private readonly index: SelectorIndex<number>;
  private readonly byNamespace: Map<string, WeakMap<Labels, readonly number[]>>;

  constructor(budgets: ObjectCache<PodDisruptionBudget>) {
    this.budgets = budgets;
    this.index = new SelectorIndex();
    this.byNamespace = new Map();
  }

  /** Identities of budgets, in the order in which these arrived. */
  of(pod: Pod): readonly number[] {
    if (this.budgets.size === 0) return NONE;
    const { namespace, labels } = pod.metadata;
    let byLabels = this.byNamespace.get(namespace);
    if (byLabels === undefined) {
      byLabels = new WeakMap();
      this.byNamespace.set(namespace, byLabels);
    }
    let covering = byLabels.get(labels);
    if (covering === undefined) {
      covering = this.find(pod);
      byLabels.set(labels, covering);
    }
    return covering;
  }

  /** A budget has come, or selects others from now on. */
  add({ id, metadata: { namespace }, spec }: PodDisruptionBudget): void {
    this.index.add(id, wantedOf(namespace, spec.selector?.matchLabels ?? {}));
    this.byNamespace.delete(namespace);
  }

  /** A budget has gone, or does not select what it did. */
  remove({ id, metadata: { namespace } }: PodDisruptionBudget): void {
    this.index.delete(id);
    this.byNamespace.delete(namespace);
  }

  private find(pod: Pod): readonly number[] {
    const { namespace, labels } = pod.metadata;
    const candidates = this.index.candidates(labelTexts(namespace, labels)).map((id) => this.budgets.byId(id)!);
    const neighbours = this.budgets.inOrder(candidates).filter(({ metadata }) => metadata.namespace === namespace);
    return budgetsOf(pod, neighbours).map(({ id }) => id);
  }
}
