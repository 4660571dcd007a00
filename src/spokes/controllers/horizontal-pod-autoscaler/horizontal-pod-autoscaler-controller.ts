import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerStatus } from '../../../api/horizontal-pod-autoscaler.js';
import { DEPLOYMENT, type Kind, REPLICA_SET, REPLICATION_CONTROLLER, STATEFUL_SET } from '../../../api/kind.js';
import { type LabelSelector, matches } from '../../../api/label-selector.js';
import type { ApiObject } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import { type Task, type Wait, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import type { AutoscalerOptions } from './autoscaler-options.js';
import { assess } from './metric-proposals.js';
import { NO_VOTE, voteOf } from './metric-vote.js';
import type { CustomMetricsSource, MetricsSource } from './metrics-source.js';
import type { ScaleHistory } from './scale-history.js';
import { ScaleTo } from './scale-to.js';
import { asksMetrics, decideScale, type ScalingView } from './scaling-decision.js';

/** Kinds that can be scaled. */
const TARGETS: readonly Kind[] = [DEPLOYMENT, REPLICA_SET, STATEFUL_SET, REPLICATION_CONTROLLER];

export interface HorizontalPodAutoscalerControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly autoscalers: Informer<HorizontalPodAutoscaler>;
  readonly pods: Informer<Pod>;
  readonly metrics: MetricsSource;
  readonly custom: CustomMetricsSource;
  readonly options: AutoscalerOptions;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

interface Workload {
  readonly replicas: number;
  readonly selector: LabelSelector | null;
}

/** What one look comes to. */
interface Verdict {
  readonly replicas: number;
  readonly currentMetrics: readonly number[];
  /** Nothing will change as long as the load does not. */
  readonly settled: boolean;
}

/**
 * Looks at each HorizontalPodAutoscaler once a sync period and scales its target (podautoscaler/horizontal.go). The looks
 * are chores while a target is as its metrics want it, and work while it is not, or while they are older than its load.
 */
export class HorizontalPodAutoscalerController {
  private readonly parts: HorizontalPodAutoscalerControllerParts;
  private readonly queue: WorkQueue;
  private readonly histories: Map<number, ScaleHistory>;

  constructor(parts: HorizontalPodAutoscalerControllerParts) {
    const { process, autoscalers, options } = parts;
    this.parts = parts;
    const workers = options.concurrentHorizontalPodAutoscalerSyncs;
    this.queue = new WorkQueue(process, 'horizontalpodautoscaler', workers, (key) => this.sync(key));
    this.histories = new Map();
    // Every look comes a period after it was asked for, the first one too (rate_limiters.go).
    autoscalers.addHandler({
      added: ({ id }) => this.queue.addAfter(id, options.horizontalPodAutoscalerSyncPeriodNs),
      updated: (_, { id }) => this.queue.addAfter(id, options.horizontalPodAutoscalerSyncPeriodNs),
      deleted: ({ id }) => this.histories.delete(id),
    });
  }

  private *sync(key: number): Task {
    const { autoscalers, options, syncNs } = this.parts;
    if (syncNs > 0) yield work(syncNs);
    const autoscaler = autoscalers.cache.byId(key);
    if (autoscaler === undefined) return;
    const settled = yield* this.reconcile(autoscaler);
    this.queue.addAfter(key, options.horizontalPodAutoscalerSyncPeriodNs, settled);
  }

  /** Scales the target if it must be; returns whether all is as it should be. */
  private *reconcile(autoscaler: HorizontalPodAutoscaler): Generator<Wait, boolean, void> {
    const { client, events, process } = this.parts;
    const { metadata, spec } = autoscaler;
    const kind = TARGETS.find(({ name }) => name === spec.targetKind);
    const read = kind === undefined ? undefined : client.get(kind, metadata.namespace, spec.targetName);
    if (read !== undefined) yield read;
    const target = read?.object;
    if (target === undefined) {
      events.event(autoscaler, 'Warning', 'FailedGetScale', 'the target cannot be found');
      return true;
    }
    const { replicas: current } = target.spec as Workload;
    const { replicas, currentMetrics, settled } = this.decide(autoscaler, target);
    if (replicas !== current) {
      process.engine.become(false);
      const scaled = client.patch(target, new ScaleTo(replicas), 'scale');
      yield scaled;
      if (!scaled.ok) return false;
      events.event(autoscaler, 'Normal', 'SuccessfulRescale', `New size: ${replicas}`);
    }
    yield* this.writeStatus(autoscaler, current, replicas, currentMetrics);
    return settled;
  }

  private decide(autoscaler: HorizontalPodAutoscaler, target: ApiObject): Verdict {
    const { options, process } = this.parts;
    const { spec, id } = autoscaler;
    const { replicas: current } = target.spec as Workload;
    const { nowNs } = process.engine;
    const view: ScalingView = {
      spec,
      currentReplicas: current,
      history: this.histories.get(id),
      nowNs,
      downscaleStabilizationSeconds: options.horizontalPodAutoscalerDownscaleStabilizationNs / 1e9,
    };
    if (!asksMetrics(view)) return this.remember(id, view, 0, [], current === 0);
    const pods = this.podsOf(target);
    const { proposals, current: isCurrent } = assess(autoscaler, target, pods, { ...this.parts, nowNs });
    const wanted = voteOf(
      proposals.map((proposal) => proposal?.replicas),
      current,
    );
    const values = proposals.map((proposal) => (proposal === undefined ? -1 : metricOf(proposal)));
    // Metrics that cannot be had, though all pods are there, will not come by themselves.
    if (wanted === NO_VOTE) return { replicas: current, currentMetrics: values, settled: isCurrent };
    const bounded = Math.max(spec.minReplicas, Math.min(spec.maxReplicas, wanted));
    return this.remember(id, view, wanted, values, isCurrent && bounded === current);
  }

  private remember(
    id: number,
    view: ScalingView,
    wanted: number,
    currentMetrics: readonly number[],
    settled: boolean,
  ): Verdict {
    const { replicas, history } = decideScale(view, wanted);
    this.histories.set(id, history);
    return { replicas, currentMetrics, settled };
  }

  private podsOf({ metadata, spec }: ApiObject): readonly Pod[] {
    const { selector } = spec as Workload;
    return this.parts.pods.cache.inNamespace(metadata.namespace, (labels) => matches(selector, labels));
  }

  private *writeStatus(
    autoscaler: HorizontalPodAutoscaler,
    currentReplicas: number,
    desiredReplicas: number,
    currentMetrics: readonly number[],
  ): Generator<Wait, void, void> {
    const { status, metadata } = autoscaler;
    const scaled = currentReplicas !== desiredReplicas;
    const next: HorizontalPodAutoscalerStatus = {
      observedGeneration: metadata.generation,
      currentReplicas,
      desiredReplicas,
      lastScaleNs: scaled ? this.parts.process.engine.nowNs : status.lastScaleNs,
      currentMetrics,
    };
    if (isSame(status, next)) return;
    yield this.parts.client.updateStatus(autoscaler.withStatus(next));
  }
}

function metricOf({ utilization, usage }: { readonly utilization: number; readonly usage: number }): number {
  return utilization >= 0 ? utilization : usage;
}

function isSame(a: HorizontalPodAutoscalerStatus, b: HorizontalPodAutoscalerStatus): boolean {
  return (
    a.observedGeneration === b.observedGeneration &&
    a.currentReplicas === b.currentReplicas &&
    a.desiredReplicas === b.desiredReplicas &&
    a.lastScaleNs === b.lastScaleNs &&
    a.currentMetrics.length === b.currentMetrics.length &&
    a.currentMetrics.every((value, index) => value === b.currentMetrics[index])
  );
}
