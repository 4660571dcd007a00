import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budgetsOf } from '../../../src/api/eviction.js';
import { identityKey } from '../../../src/api/identity-key.js';
import { POD_DISRUPTION_BUDGET } from '../../../src/api/kind.js';
import type { LabelSelector } from '../../../src/api/label-selector.js';
import { NO_OWNERS, ObjectMeta, type OwnerReference } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import type { Pod } from '../../../src/api/pod.js';
import { NEW_BUDGET_STATUS, type PodDisruptionBudget } from '../../../src/api/pod-disruption-budget.js';
import { budgetStatus } from '../../../src/spokes/controllers/disruption/budget-status.js';
import { stillDisrupted } from '../../../src/spokes/controllers/disruption/disrupted-pods.js';
import { expectedPods, type Scale } from '../../../src/spokes/controllers/disruption/expected-pods.js';
import { PodsOfBudgets } from '../../../src/spokes/controllers/disruption/pods-of-budgets.js';
import { samplePod } from '../../unit/controllers/sample-pod.js';
import { PlainBudget } from './plain-budget.js';
import { ToldCache } from './told-cache.js';

const NAMESPACES = ['default', 'shop'];
const LABELS = [{ app: 'a' }, { app: 'a' }, { app: 'b', tier: 'web' }, {}];
const SELECTORS: readonly (LabelSelector | null)[] = [
  { matchLabels: { app: 'a' } },
  { matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
  {},
  null,
];
/** The last one scales by nothing that can be found. */
const OWNERS: readonly (readonly OwnerReference[])[] = [
  NO_OWNERS,
  ...[1, 2, 3].map((id) => [{ kindId: 7, id, name: `o${id}`, controller: true, blockOwnerDeletion: true }]),
  [{ kindId: 7, id: 1, name: 'o1', controller: false, blockOwnerDeletion: true }],
];
/** Pods of two neighbouring identities share a name: the later one takes the place of the other. */
const IDS = 12;

function scaleOf({ id }: OwnerReference): Scale | undefined {
  return id === 3 ? undefined : { workload: id === 1 ? 'one' : 'two', replicas: 3 * id };
}

const POD_MOVES = ['new pod', 'label', 'own', 'report', 'delete', 'gone', 'never seen'] as const;
const BUDGET_MOVES = ['new budget', 'select', 'grant', 'budget gone'] as const;
const move = fc.record({
  what: fc.constantFrom(...POD_MOVES, ...POD_MOVES, ...BUDGET_MOVES),
  id: fc.nat(IDS - 1),
  choice: fc.nat(11),
  asks: fc.boolean(),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

class Cluster {
  readonly pods: ToldCache<Pod>;
  readonly budgets: ToldCache<PodDisruptionBudget>;
  readonly covered: PodsOfBudgets;

  constructor() {
    this.pods = new ToldCache();
    this.budgets = new ToldCache();
    this.covered = new PodsOfBudgets(this.budgets.informer, this.pods.informer);
  }

  apply({ what, id, choice }: Move): void {
    const pod = this.pods.cache.byId(id);
    const budget = this.budgets.cache.byId(id % 4);
    if (what === 'new pod' && pod === undefined) this.pods.put(this.newPod(id, choice));
    else if (what === 'never seen' && pod === undefined) this.pods.remove(this.newPod(id, choice));
    else if (pod !== undefined) this.changePod(pod, what, choice);
    if (what === 'new budget' && budget === undefined) this.budgets.put(newBudget(id % 4, choice));
    else if (budget !== undefined) this.changeBudget(budget, what, choice);
  }

  private newPod(id: number, choice: number): Pod {
    const name = `p${id >> 1}`;
    const namespace = NAMESPACES[id % 3 === 0 ? 1 : 0]!;
    const namesake = this.pods.cache.get(namespace, name);
    if (namesake !== undefined) this.pods.remove(namesake);
    const meta = { namespace, labels: LABELS[choice % 4]!, ownerReferences: OWNERS[choice % 5]! };
    return samplePod(name, { id, meta, status: { ready: choice > 5 } });
  }

  private changePod(pod: Pod, what: Move['what'], choice: number): void {
    const { metadata, status } = pod;
    if (what === 'label') this.pods.put(pod.withMetadata(metadata.with({ labels: LABELS[choice % 4]! })));
    else if (what === 'own') this.pods.put(pod.withMetadata(metadata.with({ ownerReferences: OWNERS[choice % 5]! })));
    else if (what === 'report') this.pods.put(pod.withStatus(status.with({ ready: choice > 3 })));
    else if (what === 'delete') this.pods.put(pod.withMetadata(metadata.with({ deletionTimestampNs: 1 })));
    else if (what === 'gone') this.pods.remove(pod.withStatus(status.with({ ready: choice > 3 })));
  }

  private changeBudget(budget: PodDisruptionBudget, what: Move['what'], choice: number): void {
    const { spec, status } = budget;
    if (what === 'select') this.budgets.put(budget.withSpec({ ...spec, selector: SELECTORS[choice % 4]! }));
    else if (what === 'budget gone') this.budgets.remove(budget);
    else if (what === 'grant') {
      const granted = [`p${choice % 6}`, 1e9 * (choice % 5)] as const;
      this.budgets.put(budget.withStatus({ ...status, disruptedPods: new Map([...status.disruptedPods, granted]) }));
    }
  }
}

function newBudget(id: number, choice: number): PodDisruptionBudget {
  const spec = {
    minAvailable: undefined,
    maxUnavailable: choice > 5 ? 1 : '30%',
    selector: SELECTORS[choice % 4]!,
    unhealthyPodEvictionPolicy: 'IfHealthyBudget',
  } as const;
  const metadata = ObjectMeta.of({ namespace: NAMESPACES[id % 2]!, name: `b${id}`, generation: 1 });
  return draft(POD_DISRUPTION_BUDGET, metadata, spec, NEW_BUDGET_STATUS).stamped(id, 1, metadata);
}

function expectSame({ covered, pods }: Cluster, budget: PodDisruptionBudget, nowNs: number): void {
  const counts = covered.of(budget);
  const plain = new PlainBudget(budget, pods.cache.values(), nowNs);
  expect(counts.count).toBe(plain.count);
  const keys = [...counts.controllers()].map(({ kindId, id }) => identityKey(kindId, id));
  expect(keys.sort((a, b) => a - b)).toEqual(plain.controllers);
  const expectation = expectedPods(budget.spec, counts, scaleOf);
  expect(expectation).toEqual(plain.expectation(scaleOf));
  const disrupted = stillDisrupted(budget.status.disruptedPods, covered.grantedOf(budget), nowNs);
  expect([...disrupted.pods]).toEqual([...plain.disrupted]);
  const none = { expectedPods: 0, desiredHealthy: 0 };
  expect(budgetStatus(budget, expectation ?? none, counts, disrupted).currentHealthy).toBe(plain.healthy);
}

test('what is known of the pods of budgets is what a new count finds, whatever comes and goes', () => {
  fc.assert(
    fc.property(
      fc.array(move, { maxLength: 60, size: 'max' }),
      fc.integer({ min: 119, max: 126 }),
      (moves, nowSeconds) => {
        const cluster = new Cluster();
        for (const each of moves) {
          cluster.apply(each);
          const budgets = [...cluster.budgets.cache.values()];
          for (const pod of cluster.pods.cache.values()) {
            const neighbours = budgets.filter(({ metadata }) => metadata.namespace === pod.metadata.namespace);
            expect(cluster.covered.chosenFor(pod)).toBe(budgetsOf(pod, neighbours)[0]?.id);
          }
          if (each.asks) for (const budget of budgets) expectSame(cluster, budget, nowSeconds * 1e9);
        }
      },
    ),
    { seed: 2026, numRuns: 500 },
  );
});
