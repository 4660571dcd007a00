import { compileSelector, type LabelSelector } from '../../../src/api/label-selector.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import type { DisruptionBudget } from '../../../src/spokes/scheduler/disruption-budget.js';
import type { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import type { PendingPod } from '../../../src/spokes/scheduler/plugin.js';
import { type Candidate, type DryRun, leastHarm, Preemption } from '../../../src/spokes/scheduler/preemption.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import type { Rejection } from '../../../src/spokes/scheduler/rejection.js';
import { Search } from '../../../src/spokes/scheduler/search.js';
import { type ClusterManifest, listersOf, ObjectBuilder, tableOf } from '../scheduler-cluster.js';
import type { Case, Suite } from '../suite.js';

export const schedulerPreemption: Suite = { name: 'scheduler-preemption', answer };

/** By a pod that may not preempt. */
const NOTHING_TRIED: DryRun = { candidates: [], notHelpful: new Map() };

interface BudgetManifest {
  readonly metadata: { readonly namespace: string };
  readonly spec: { readonly selector?: LabelSelector | null };
  readonly status?: {
    readonly disruptionsAllowed?: number;
    readonly disruptedPods?: Readonly<Record<string, unknown>>;
  };
}

interface Input extends ClusterManifest {
  readonly podDisruptionBudgets?: readonly BudgetManifest[];
}

function budgetOf({ metadata, spec, status }: BudgetManifest): DisruptionBudget {
  return {
    namespace: metadata.namespace,
    selector: compileSelector(spec.selector),
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
    disruptedPods: new Set(Object.keys(status?.disruptedPods ?? {})),
  };
}

function answer({ input }: Case): unknown {
  const cluster = input as Input;
  const builder = new ObjectBuilder();
  const table = tableOf(cluster, builder);
  const pod = builder.pod(cluster.pod);
  const pending: PendingPod = { pod, kind: table.kinds.of(pod) };
  const plugins = defaultPlugins(table, true, listersOf(cluster));
  const first = { below: () => 0 };
  const search = new Search(table, new Profile('default-scheduler', plugins), 100, first);
  const budgets = (cluster.podDisruptionBudgets ?? []).map(budgetOf);
  const preemption = new Preemption(table, search.verdicts, () => budgets, first);
  const rejections = search.verdicts.rejections(pending);
  const reason = preemption.ineligible(pending);
  const { candidates, notHelpful } = reason === undefined ? preemption.dryRun(pending) : NOTHING_TRIED;
  return {
    eligible: reason === undefined,
    reason,
    nodeStatus: statusOf(table, rejections),
    candidates: Object.fromEntries(candidates.map((candidate) => describe(table, candidate))),
    notHelpful: byName(table, notHelpful, ({ reasons }: Rejection) => reasons),
    chosen:
      candidates.length === 0
        ? []
        : leastHarm(candidates)
            .map(({ node }) => table.names[node]!)
            .sort(),
  };
}

/** The code of every node; those that were not looked at have the one that absent nodes have (NodeToStatus.Get). */
function statusOf(table: NodeTable, rejections: ReadonlyMap<number, Rejection>): object {
  const codeOf = (node: number): string => rejections.get(node)?.code ?? 'UnschedulableAndUnresolvable';
  return Object.fromEntries(Array.from(table.order(), (node) => [table.names[node]!, codeOf(node)]));
}

function describe(table: NodeTable, { node, victims, budgetViolations }: Candidate): readonly [string, object] {
  const names = victims.map(({ pod }) => pod.metadata.name);
  return [table.names[node]!, { victims: names, numPDBViolations: budgetViolations }];
}

function byName<T>(table: NodeTable, nodes: ReadonlyMap<number, Rejection>, show: (rejection: Rejection) => T): object {
  return Object.fromEntries([...nodes].map(([node, rejection]) => [table.names[node]!, show(rejection)]));
}
