import { matches } from '../../../api/label-selector.js';
import type { Pod } from '../../../api/pod.js';
import type { PodDisruptionBudget } from '../../../api/pod-disruption-budget.js';
import { countingHandler } from '../../../client/counting-handler.js';
import type { Informer } from '../../../client/informer.js';
import { Coverage } from './coverage.js';
import { CoveredPods } from './covered-pods.js';

/**
 * What each budget counts of its pods, kept up to date change by change: the original lists them anew in every sync,
 * which for thousands of pods that are drained under one budget would be most of a simulation's work.
 */
export class PodsOfBudgets {
  private readonly pods: Informer<Pod>;
  private readonly coverage: Coverage;
  private readonly byBudget: Map<number, CoveredPods>;

  constructor(budgets: Informer<PodDisruptionBudget>, pods: Informer<Pod>) {
    this.pods = pods;
    this.coverage = new Coverage(budgets.cache);
    this.byBudget = new Map();
    budgets.addHandler({
      added: (budget) => this.coverage.add(budget),
      updated: (previous, budget) => {
        if (previous.spec.selector === budget.spec.selector) return;
        this.forget(budget);
        this.coverage.add(budget);
      },
      deleted: (budget) => this.forget(budget),
    });
    pods.addHandler(countingHandler(countsTheSame, (pod, sign) => this.changed(pod, sign)));
  }

  /** The budget that is looked at when this pod changes: of several the one that arrived first. */
  chosenFor(pod: Pod): number | undefined {
    return this.coverage.of(pod)[0];
  }

  /** The pods in the cache that a budget covers; they are looked for when they are asked for first. */
  of(budget: PodDisruptionBudget): CoveredPods {
    let covered = this.byBudget.get(budget.id);
    if (covered === undefined) {
      covered = new CoveredPods();
      const { metadata, spec } = budget;
      const all = this.pods.cache.inNamespace(metadata.namespace, (labels) => matches(spec.selector, labels));
      for (const pod of all) covered.change(pod, 1);
      this.byBudget.set(budget.id, covered);
    }
    return covered;
  }

  /** Those of them that evictions have been granted for, in the order of the cache. */
  grantedOf(budget: PodDisruptionBudget): readonly Pod[] {
    const { cache } = this.pods;
    const granted: Pod[] = [];
    for (const name of budget.status.disruptedPods.keys()) {
      const pod = cache.get(budget.metadata.namespace, name);
      if (pod !== undefined && covers(budget, pod)) granted.push(pod);
    }
    return cache.inOrder(granted);
  }

  private forget(budget: PodDisruptionBudget): void {
    this.byBudget.delete(budget.id);
    this.coverage.remove(budget);
  }

  private changed(pod: Pod, sign: 1 | -1): void {
    for (const id of this.coverage.of(pod)) this.byBudget.get(id)?.change(pod, sign);
  }
}

function covers({ metadata, spec }: PodDisruptionBudget, pod: Pod): boolean {
  return pod.metadata.namespace === metadata.namespace && matches(spec.selector, pod.metadata.labels);
}

/** Whether budgets see no difference between two versions of a pod. */
function countsTheSame(a: Pod, b: Pod): boolean {
  return (
    a.status.ready === b.status.ready &&
    a.metadata.deleting === b.metadata.deleting &&
    a.metadata.labels === b.metadata.labels &&
    a.metadata.ownerReferences === b.metadata.ownerReferences
  );
}
