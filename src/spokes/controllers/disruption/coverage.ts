import { budgetsOf } from '../../../api/eviction.js';
import type { Labels } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';
import type { PodDisruptionBudget } from '../../../api/pod-disruption-budget.js';
import type { ObjectCache } from '../../../client/object-cache.js';

const NONE: readonly number[] = [];

/**
 * Which budgets cover a pod. Pods of one template share their labels, and with them the answer, which
 * stands until a budget comes, goes, or selects others.
 */
export class Coverage {
  private readonly budgets: ObjectCache<PodDisruptionBudget>;
  private readonly byNamespace: Map<string, WeakMap<Labels, readonly number[]>>;

  constructor(budgets: ObjectCache<PodDisruptionBudget>) {
    this.budgets = budgets;
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

  /** The budgets of a namespace are not what they were. */
  forget(namespace: string): void {
    this.byNamespace.delete(namespace);
  }

  private find(pod: Pod): readonly number[] {
    const neighbours = [...this.budgets.values()].filter(
      ({ metadata }) => metadata.namespace === pod.metadata.namespace,
    );
    return budgetsOf(pod, neighbours).map(({ id }) => id);
  }
}
