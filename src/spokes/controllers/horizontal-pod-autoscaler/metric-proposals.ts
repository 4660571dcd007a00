import type { HorizontalPodAutoscaler, MetricSpec } from '../../../api/horizontal-pod-autoscaler.js';
import type { ApiObject } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import type { AutoscalerOptions } from './autoscaler-options.js';
import type { CustomMetricsSource, MetricsSource } from './metrics-source.js';
import type { PodMetrics } from './pod-groups.js';
import { averageReplicas, type Proposal, utilizationReplicas } from './replica-calculator.js';
import { type Tolerance, toleranceOf } from './tolerance.js';
import { perPodReplicas, readyPodCount, type TotalMetricView, totalReplicas } from './total-metric.js';

/** What the metrics of one autoscaler say of its target. */
export interface Assessment {
  /** One a metric; undefined for one that has no value. */
  readonly proposals: readonly (Proposal | undefined)[];
  /** Whether every pod that counts has been measured since what it is asked to do last changed, and nothing else changes. */
  readonly current: boolean;
}

/** Who is asked, and what counts. */
export interface AssessmentParts {
  readonly metrics: MetricsSource;
  readonly custom: CustomMetricsSource;
  readonly options: AutoscalerOptions;
  readonly nowNs: number;
}

/** What one metric comes to. */
interface Answer {
  readonly proposal: Proposal | undefined;
  readonly current: boolean;
}

/** Asks each metric of an autoscaler how many replicas of its target it wants (horizontal.go computeReplicasForMetric). */
export function assess(
  autoscaler: HorizontalPodAutoscaler,
  target: ApiObject,
  pods: readonly Pod[],
  parts: AssessmentParts,
): Assessment {
  const asking = new Asking(autoscaler, target, pods, parts);
  const answers = autoscaler.spec.metrics.map((metric) => asking.ask(metric));
  const ready = pods.every(({ status, metadata }) => status.ready && !metadata.deleting);
  return {
    proposals: answers.map(({ proposal }) => proposal),
    current: ready && answers.every(({ current }) => current),
  };
}

/** The metrics of one autoscaler, asked at one moment. */
class Asking {
  private readonly namespace: string;
  private readonly currentReplicas: number;
  /** Of the target as its own controller last counted it. */
  private readonly statusReplicas: number;
  private readonly pods: readonly Pod[];
  private readonly parts: AssessmentParts;
  private readonly tolerance: Tolerance;

  constructor(autoscaler: HorizontalPodAutoscaler, target: ApiObject, pods: readonly Pod[], parts: AssessmentParts) {
    this.namespace = autoscaler.metadata.namespace;
    this.currentReplicas = (target.spec as { readonly replicas: number }).replicas;
    this.statusReplicas = (target.status as { readonly replicas: number }).replicas;
    this.pods = pods;
    this.parts = parts;
    this.tolerance = toleranceOf(autoscaler, parts.options);
  }

  ask(metric: MetricSpec): Answer {
    if (metric.type === 'Object' || metric.type === 'External') return this.total(metric);
    return metric.type === 'Pods' ? this.ofPods(metric) : this.resource(metric);
  }

  private resource(metric: MetricSpec): Answer {
    const { pods, parts } = this;
    const metrics = parts.metrics.resource(pods, metric.name, metric.container);
    const sinceNs = parts.metrics.steadySinceNs(pods);
    const current = pods.every(({ metadata, status }) => {
      const known = metrics.get(metadata.name);
      return known !== undefined && known.timeNs - known.windowNs >= Math.max(sinceNs, status.readySinceNs);
    });
    const view = this.view(metrics, metric.name);
    const { type, value } = metric.target;
    const proposal =
      type === 'Utilization' ? utilizationReplicas(view, value, metric.container) : averageReplicas(view, value);
    return { proposal, current };
  }

  /** A metric of the pods' own: whether they are ready does not matter (GetMetricReplicas). */
  private ofPods({ name, target }: MetricSpec): Answer {
    const { custom, nowNs } = this.parts;
    const view = this.view(custom.ofPods(this.pods, name), '');
    return {
      proposal: averageReplicas(view, target.value),
      current: custom.steadySinceNs(this.pods, name) <= nowNs,
    };
  }

  /** Averages are of the replicas that the target's own controller has counted, not of those wanted. */
  private total({ name, target, describedObject }: MetricSpec): Answer {
    const { custom, nowNs } = this.parts;
    const { namespace, tolerance, statusReplicas, currentReplicas } = this;
    const owner = { kindName: describedObject?.kind ?? '', namespace, name: describedObject?.name ?? '' };
    const metric = custom.total(name, owner);
    if (metric === undefined) return { proposal: undefined, current: true };
    const view: TotalMetricView = { total: metric.value, target: target.value, currentReplicas, tolerance };
    const current = metric.steadySinceNs <= nowNs;
    if (target.type === 'AverageValue')
      return { proposal: perPodReplicas({ ...view, currentReplicas: statusReplicas }), current };
    return { proposal: this.pods.length === 0 ? undefined : totalReplicas(view, readyPodCount(this.pods)), current };
  }

  private view(metrics: PodMetrics, resource: string) {
    const { pods, currentReplicas, tolerance, parts } = this;
    const delays = {
      cpuInitializationPeriodNs: parts.options.horizontalPodAutoscalerCpuInitializationPeriodNs,
      initialReadinessDelayNs: parts.options.horizontalPodAutoscalerInitialReadinessDelayNs,
    };
    return { pods, metrics, resource, currentReplicas, tolerance, delays, nowNs: parts.nowNs };
  }
}
