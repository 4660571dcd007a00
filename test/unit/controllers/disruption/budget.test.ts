import { describe, expect, it } from 'vitest';
import { chargeEviction, judgeEviction } from '../../../../src/api/eviction.js';
import { CONFIG_MAP } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import type { Pod } from '../../../../src/api/pod.js';
import type {
  PodDisruptionBudget,
  PodDisruptionBudgetSpec,
  PodDisruptionBudgetStatus,
} from '../../../../src/api/pod-disruption-budget.js';
import {
  budgetStatus,
  failSafe,
  sameBudgetStatus,
} from '../../../../src/spokes/controllers/disruption/budget-status.js';
import { CoveredPods } from '../../../../src/spokes/controllers/disruption/covered-pods.js';
import { stillDisrupted } from '../../../../src/spokes/controllers/disruption/disrupted-pods.js';
import { expectedPods } from '../../../../src/spokes/controllers/disruption/expected-pods.js';
import { samplePod } from '../sample-pod.js';

const SPEC: PodDisruptionBudgetSpec = {
  minAvailable: '50%',
  maxUnavailable: undefined,
  selector: {},
  unhealthyPodEvictionPolicy: 'IfHealthyBudget',
};
const STATUS: PodDisruptionBudgetStatus = {
  observedGeneration: 1,
  expectedPods: 3,
  desiredHealthy: 2,
  currentHealthy: 3,
  disruptionsAllowed: 1,
  disruptedPods: new Map(),
  reason: 'SufficientPods',
};

function budget(
  spec: Partial<PodDisruptionBudgetSpec> = {},
  status: Partial<PodDisruptionBudgetStatus> = {},
): PodDisruptionBudget {
  const meta = ObjectMeta.of({ namespace: 'default', name: 'b', generation: 1 });
  return draft(CONFIG_MAP, meta, { ...SPEC, ...spec }, { ...STATUS, ...status });
}

function owned(name: string, owner: string): Pod {
  const reference = { kindId: 7, id: owner.charCodeAt(0), name: owner, controller: true, blockOwnerDeletion: true };
  return samplePod(name, { meta: { ownerReferences: [reference] } });
}

function covered(...pods: readonly Pod[]): CoveredPods {
  const counts = new CoveredPods();
  for (const pod of pods) counts.change(pod, 1);
  return counts;
}

describe('a budget', () => {
  it('counts each workload behind its pods once, and leaves out pods that nobody owns', () => {
    const pods = covered(owned('a', 'x'), owned('b', 'x'), owned('c', 'y'), samplePod('d'));
    const scale = ({ name }: { name: string }): { workload: string; replicas: number } => ({
      workload: name,
      replicas: name === 'x' ? 4 : 3,
    });
    expect(expectedPods(SPEC, pods, scale)).toEqual({ expectedPods: 7, desiredHealthy: 4 });
    expect(expectedPods(SPEC, pods, () => undefined)).toBeUndefined();
  });

  it('allows nothing while it expects no pods, or cannot count them', () => {
    const none = { expectedPods: 0, desiredHealthy: 0 };
    const disrupted = { pods: new Map<string, number>(), recheckNs: -1, discounted: 0 };
    expect(budgetStatus(budget(), none, covered(samplePod('a')), disrupted)).toMatchObject({ disruptionsAllowed: 0 });
    expect(failSafe(STATUS)).toMatchObject({ disruptionsAllowed: 0, reason: 'SyncFailed', currentHealthy: 3 });
  });

  it('waits two minutes for a pod whose eviction was granted', () => {
    const granted = new Map([
      ['a', 10e9],
      ['b', 20e9],
      ['gone', 30e9],
    ]);
    const pods = [samplePod('a'), samplePod('b')];
    expect(stillDisrupted(granted, pods, 130e9)).toEqual({
      pods: new Map([
        ['a', 10e9],
        ['b', 20e9],
      ]),
      recheckNs: 130e9,
      discounted: 1,
    });
    expect(stillDisrupted(granted, pods, 131e9)).toEqual({
      pods: new Map([['b', 20e9]]),
      recheckNs: 140e9,
      discounted: 1,
    });
  });

  it('is written only when something has changed', () => {
    expect(sameBudgetStatus(STATUS, { ...STATUS, disruptedPods: new Map() })).toBe(true);
    expect(sameBudgetStatus(STATUS, { ...STATUS, disruptedPods: new Map([['a', 1]]) })).toBe(false);
    expect(sameBudgetStatus(STATUS, { ...STATUS, currentHealthy: 2 })).toBe(false);
  });
});

describe('an eviction', () => {
  it('is taken from the budget, and refused once that is used up', () => {
    const verdict = judgeEviction(samplePod('a'), [budget()]);
    expect(verdict).toMatchObject({ code: 200, budget: { metadata: { name: 'b' } } });
    const charged = chargeEviction(STATUS, 'a', 5);
    expect(charged).toMatchObject({ disruptionsAllowed: 0, reason: 'InsufficientPods' });
    expect([...charged.disruptedPods]).toEqual([['a', 5]]);
    expect(judgeEviction(samplePod('a'), [budget({}, charged)])).toMatchObject({
      code: 429,
      refusal: 'budget used up',
    });
  });

  it('of a pod that is not ready is free, where the policy says so', () => {
    const sick = samplePod('a', { status: { ready: false } });
    const poor = { disruptionsAllowed: 0, currentHealthy: 0 };
    expect(judgeEviction(sick, [budget({}, poor)]).code).toBe(429);
    expect(judgeEviction(sick, [budget({ unhealthyPodEvictionPolicy: 'AlwaysAllow' }, poor)])).toEqual({
      code: 200,
      budget: undefined,
      onlyThisVersion: true,
    });
  });

  it('is not held up by a budget whose selector is malformed, or of other pods', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'Near' }] };
    expect(judgeEviction(samplePod('a'), [budget({ selector }), budget({ selector: null })])).toMatchObject({
      code: 200,
      budget: undefined,
    });
  });
});
