import { identityKey } from '../../../src/api/identity-key.js';
import { scaledValue } from '../../../src/api/int-or-percent.js';
import { matches } from '../../../src/api/label-selector.js';
import { controllerOf } from '../../../src/api/meta.js';
import type { Pod } from '../../../src/api/pod.js';
import type { PodDisruptionBudget } from '../../../src/api/pod-disruption-budget.js';
import type { FindScale } from '../../../src/spokes/controllers/disruption/expected-pods.js';

/** disruption.go DeletionTimeout. */
const DELETION_TIMEOUT_NS = 120e9;

/** What the controller writes of a budget, counted as in disruption.go: all its pods anew each time. */
export class PlainBudget {
  private readonly budget: PodDisruptionBudget;
  private readonly pods: readonly Pod[];
  private readonly nowNs: number;

  constructor(budget: PodDisruptionBudget, all: Iterable<Pod>, nowNs: number) {
    const { spec, metadata } = budget;
    this.budget = budget;
    this.pods = [...all].filter(
      (pod) => pod.metadata.namespace === metadata.namespace && matches(spec.selector, pod.metadata.labels),
    );
    this.nowNs = nowNs;
  }

  get count(): number {
    return this.pods.length;
  }

  /** getPodsForPdb and getExpectedPodCount, for a share of the pods that may be unavailable. */
  expectation(findScale: FindScale): { expectedPods: number; desiredHealthy: number } | undefined {
    const replicas = new Map<string, number>();
    for (const { metadata } of this.pods) {
      const controller = controllerOf(metadata);
      const scale = controller && findScale(controller);
      if (controller !== undefined && scale === undefined) return undefined;
      if (scale !== undefined) replicas.set(scale.workload, scale.replicas);
    }
    const expectedPods = [...replicas.values()].reduce((sum, each) => sum + each, 0);
    const unavailable = scaledValue(this.budget.spec.maxUnavailable!, expectedPods, true);
    return { expectedPods, desiredHealthy: Math.max(0, expectedPods - unavailable) };
  }

  /** buildDisruptedPodMap. */
  get disrupted(): ReadonlyMap<string, number> {
    const kept = new Map<string, number>();
    for (const { metadata } of this.pods) {
      const grantedNs = this.budget.status.disruptedPods.get(metadata.name);
      if (grantedNs === undefined || metadata.deleting || grantedNs + DELETION_TIMEOUT_NS < this.nowNs) continue;
      kept.set(metadata.name, grantedNs);
    }
    return kept;
  }

  /** countHealthyPods. */
  get healthy(): number {
    const { disrupted } = this;
    return this.pods.filter(({ metadata, status }) => {
      if (metadata.deleting || !status.ready) return false;
      const grantedNs = disrupted.get(metadata.name);
      return grantedNs === undefined || grantedNs + DELETION_TIMEOUT_NS <= this.nowNs;
    }).length;
  }

  /** Its controllers, each once, by identity. */
  get controllers(): readonly number[] {
    const keys = new Set<number>();
    for (const { metadata } of this.pods) {
      const controller = controllerOf(metadata);
      if (controller !== undefined) keys.add(identityKey(controller.kindId, controller.id));
    }
    return [...keys].sort((a, b) => a - b);
  }
}
