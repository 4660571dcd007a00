import type { HorizontalPodAutoscaler, MetricSpec } from '../../../api/horizontal-pod-autoscaler.js';
import type { Pod } from '../../../api/pod.js';
import type { AutoscalerOptions } from './autoscaler-options.js';
import type { MetricsSource } from './metrics-source.js';
import { averageReplicas, type Proposal, utilizationReplicas } from './replica-calculator.js';
import { toleranceOf } from './tolerance.js';

/** What the metrics of one autoscaler say of its target. */
export interface Assessment {
  /** One a metric; undefined for one that has no value. */
  readonly proposals: readonly (Proposal | undefined)[];
  /** Whether every pod that counts has been measured since what it is asked to do last changed. */
  readonly current: boolean;
}

/** Asks each metric of an autoscaler how many replicas it wants (horizontal.go computeReplicasForMetric). */
export function assess(
  autoscaler: HorizontalPodAutoscaler,
  pods: readonly Pod[],
  currentReplicas: number,
  source: MetricsSource,
  options: AutoscalerOptions,
  nowNs: number,
): Assessment {
  let current = pods.every(({ status, metadata }) => status.ready && !metadata.deleting);
  const tolerance = toleranceOf(autoscaler, options);
  const proposals = autoscaler.spec.metrics.map((metric) => {
    if (metric.type !== 'Resource' && metric.type !== 'ContainerResource') return undefined;
    const metrics = source.resource(pods, metric.name, metric.container);
    const sinceNs = source.steadySinceNs(pods);
    current &&= pods.every(({ metadata, status }) => {
      const known = metrics.get(metadata.name);
      return known !== undefined && known.timeNs - known.windowNs >= Math.max(sinceNs, status.readySinceNs);
    });
    return propose(metric, {
      pods,
      metrics,
      resource: metric.name,
      currentReplicas,
      tolerance,
      delays: {
        cpuInitializationPeriodNs: options.horizontalPodAutoscalerCpuInitializationPeriodNs,
        initialReadinessDelayNs: options.horizontalPodAutoscalerInitialReadinessDelayNs,
      },
      nowNs,
    });
  });
  return { proposals, current };
}

function propose({ target, container }: MetricSpec, view: Parameters<typeof averageReplicas>[0]): Proposal | undefined {
  return target.type === 'Utilization'
    ? utilizationReplicas(view, target.value, container)
    : averageReplicas(view, target.value);
}
