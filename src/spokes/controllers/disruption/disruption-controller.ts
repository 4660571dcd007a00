import { InputError } from '../../../api/input-error.js';
import type { Pod } from '../../../api/pod.js';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../api/pod-disruption-budget.js';
import type { StatefulSet } from '../../../api/stateful-set.js';
import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import { type Task, type Wait, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { budgetStatus, failSafe, sameBudgetStatus } from './budget-status.js';
import type { CoveredPods } from './covered-pods.js';
import { stillDisrupted } from './disrupted-pods.js';
import { type Expectation, expectedPods } from './expected-pods.js';
import { PodScales } from './pod-scales.js';
import { PodsOfBudgets } from './pods-of-budgets.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

/** The controller has one worker, and no flag for more. */
const WORKERS = 1;

export interface DisruptionControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly budgets: Informer<PodDisruptionBudget>;
  readonly pods: Informer<Pod>;
  readonly deployments: Informer<Deployment>;
  readonly replicaSets: Informer<ReplicaSet>;
  readonly replicationControllers: Informer<ReplicaSet>;
  readonly statefulSets: Informer<StatefulSet>;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/** Says in each PodDisruptionBudget how many more of its pods may be evicted (pkg/controller/disruption). */
export class DisruptionController {
  private readonly parts: DisruptionControllerParts;
  private readonly queue: WorkQueue;
  private readonly scales: PodScales;
  private readonly covered: PodsOfBudgets;

  constructor(parts: DisruptionControllerParts) {
    const { process, budgets, pods, deployments, replicaSets, replicationControllers, statefulSets } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'disruption', WORKERS, (key) => this.sync(key));
    this.scales = new PodScales(deployments, replicaSets, replicationControllers, statefulSets);
    this.covered = new PodsOfBudgets(budgets, pods);
    budgets.addHandler({
      added: ({ id }) => this.queue.add(id),
      updated: (_, { id }) => this.queue.add(id),
      deleted: ({ id }) => this.queue.add(id),
    });
    pods.addHandler({
      added: (pod) => this.podChanged(pod),
      updated: (_, pod) => this.podChanged(pod),
      deleted: (pod) => this.podChanged(pod),
    });
  }

  private podChanged(pod: Pod): void {
    const budgetId = this.covered.chosenFor(pod);
    if (budgetId !== undefined) this.queue.add(budgetId);
  }

  private *sync(key: number): Task {
    const { budgets, pods, deployments, replicaSets, replicationControllers, statefulSets, syncNs } = this.parts;
    if (
      ![budgets, pods, deployments, replicaSets, replicationControllers, statefulSets].every(({ synced }) => synced)
    ) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    if (syncNs > 0) yield work(syncNs);
    const budget = budgets.cache.byId(key);
    if (budget === undefined || (yield* this.reconcile(budget))) this.queue.forget(key);
    else this.queue.addRateLimited(key);
  }

  /** False where it must be tried again. */
  private *reconcile(budget: PodDisruptionBudget): Generator<Wait, boolean, void> {
    const { nowNs } = this.parts.process.engine;
    const pods = this.covered.of(budget);
    if (pods.count === 0) this.parts.events.event(budget, 'Normal', 'NoPods', 'No matching pods found');
    const expectation = this.expectation(budget, pods);
    if (expectation === undefined) return yield* this.write(budget, failSafe(budget.status));
    const disrupted = stillDisrupted(budget.status.disruptedPods, this.covered.grantedOf(budget), nowNs);
    const written = yield* this.write(budget, budgetStatus(budget, expectation, pods, disrupted));
    // Evictions that never came are a thing that no convergence waits for.
    if (written && disrupted.recheckNs >= 0) this.queue.addAfter(budget.id, disrupted.recheckNs - nowNs, true);
    return written;
  }

  /** Undefined when it cannot be told how many pods there should be. */
  private expectation(budget: PodDisruptionBudget, pods: CoveredPods): Expectation | undefined {
    const expectation = this.attempt(budget, pods);
    if (expectation === undefined) {
      const message = 'Failed to calculate the number of expected pods';
      this.parts.events.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', message);
    }
    return expectation;
  }

  private attempt({ spec }: PodDisruptionBudget, pods: CoveredPods): Expectation | undefined {
    try {
      return expectedPods(spec, pods, (controller) => this.scales.of(controller));
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }

  private *write(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): Generator<Wait, boolean, void> {
    if (sameBudgetStatus(budget.status, status)) return true;
    const call = this.parts.client.updateStatus(budget.withStatus(status));
    yield call;
    return call.ok;
  }
}
