import { chargeEviction, judgeEviction } from '../../../src/api/eviction.js';
import { InputError } from '../../../src/api/input-error.js';
import type { Kind } from '../../../src/api/kind.js';
import { type LabelSelector, matches } from '../../../src/api/label-selector.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import type { PodDisruptionBudget } from '../../../src/api/pod-disruption-budget.js';
import type { IntOrPercent } from '../../../src/api/workload.js';
import { budgetStatus, failSafe } from '../../../src/spokes/controllers/disruption/budget-status.js';
import { CoveredPods } from '../../../src/spokes/controllers/disruption/covered-pods.js';
import { stillDisrupted } from '../../../src/spokes/controllers/disruption/disrupted-pods.js';
import { expectedPods } from '../../../src/spokes/controllers/disruption/expected-pods.js';
import { type PodManifest, podOf, virtualNs } from '../pod-manifest.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const disruption: Suite = { name: 'disruption', answer };

function answer({ tags, input }: Case): unknown {
  if (tags[0] === 'status') return status(input as StatusInput);
  if (tags[0] === 'eviction') return eviction(input as EvictionInput);
  return new Skip(`unknown question ${tags[0]}`);
}

/** Virtual time starts here. */
const EPOCH = '2026-01-01T00:00:00Z';

interface BudgetManifest {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: {
    readonly minAvailable?: IntOrPercent;
    readonly maxUnavailable?: IntOrPercent;
    readonly selector?: LabelSelector;
    readonly unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow';
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly expectedPods: number;
    readonly desiredHealthy: number;
    readonly currentHealthy: number;
    readonly disruptionsAllowed: number;
    readonly disruptedPods?: Readonly<Record<string, string>>;
  };
}

interface StatusInput {
  readonly now: string;
  readonly pdb: BudgetManifest;
  readonly pods?: readonly PodManifest[] | null;
  readonly replicaSets: readonly { readonly metadata: { name: string }; readonly spec: { replicas: number } }[];
}

function status(input: StatusInput): unknown {
  const budget = budgetOf(input.pdb);
  const nowNs = virtualNs(input.now, EPOCH);
  const pods = (input.pods ?? []).map((pod) => podOf(pod, EPOCH));
  const covered = pods.filter((pod) => matches(budget.spec.selector, pod.metadata.labels));
  const counts = new CoveredPods();
  for (const pod of covered) counts.change(pod, 1);
  const scales = new Map(input.replicaSets.map(({ metadata, spec }) => [metadata.name, spec.replicas]));
  const expectation = computed(() =>
    expectedPods(budget.spec, counts, ({ name }) => {
      const replicas = scales.get(name);
      return replicas === undefined ? undefined : { workload: name, replicas };
    }),
  );
  const disrupted = stillDisrupted(budget.status.disruptedPods, covered, nowNs);
  const {
    observedGeneration: _,
    reason,
    disruptedPods,
    ...figures
  } = expectation === undefined ? failSafe(budget.status) : budgetStatus(budget, expectation, counts, disrupted);
  return {
    ...figures,
    disruptedPods: [...disruptedPods.keys()].sort(),
    condition: `DisruptionAllowed=${reason === 'SufficientPods' ? 'True' : 'False'}:${reason}`,
    error: expectation === undefined,
  };
}

/** What the function gives; undefined for a percentage that is none, which the API of the model refuses. */
function computed<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

interface EvictionInput {
  readonly budgets: readonly BudgetManifest[];
  readonly pod: PodManifest;
}

function eviction(input: EvictionInput): unknown {
  const pod = podOf(input.pod, EPOCH);
  const verdict = judgeEviction(pod, input.budgets.map(budgetOf));
  if (verdict.code !== 200) return { code: verdict.code, checked: false, deleted: false };
  const before = verdict.budget?.status;
  const after = before && chargeEviction(before, pod.metadata.name, 0);
  const checked = before !== undefined && after!.disruptionsAllowed === before.disruptionsAllowed - 1;
  return { code: 200, checked, deleted: true };
}

const POD_DISRUPTION_BUDGET: Kind = {
  id: -1,
  group: 'policy',
  version: 'v1',
  name: 'PodDisruptionBudget',
  resource: 'poddisruptionbudgets',
  namespaced: true,
  watchCached: true,
};

function budgetOf({ metadata, spec, status }: BudgetManifest): PodDisruptionBudget {
  const disrupted = Object.entries(status.disruptedPods ?? {});
  const { minAvailable, maxUnavailable, selector = null, unhealthyPodEvictionPolicy = 'IfHealthyBudget' } = spec;
  return draft(
    POD_DISRUPTION_BUDGET,
    ObjectMeta.of({ namespace: 'default', name: metadata.name, generation: metadata.generation }),
    { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy },
    {
      observedGeneration: status.observedGeneration ?? 0,
      expectedPods: status.expectedPods,
      desiredHealthy: status.desiredHealthy,
      currentHealthy: status.currentHealthy,
      disruptionsAllowed: status.disruptionsAllowed,
      disruptedPods: new Map(disrupted.map(([name, time]) => [name, virtualNs(time, EPOCH)])),
      reason: '',
    },
  );
}
