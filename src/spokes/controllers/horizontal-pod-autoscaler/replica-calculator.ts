import type { Pod } from '../../../api/pod.js';
import { toInt32 } from './int32.js';
import { groupPods, type PodGroups, type PodMetrics, type ReadinessDelays } from './pod-groups.js';
import { resourceRequests } from './resource-requests.js';
import { isWithin, type Tolerance } from './tolerance.js';

/** How many replicas a metric asks for, and what it is. */
export interface Proposal {
  readonly replicas: number;
  /** Average a pod, in thousandths. */
  readonly usage: number;
  /** Share of the requests in percent, where that is the target; else -1. */
  readonly utilization: number;
}

/** What a metric that every pod has is judged by. */
export interface PodMetricView {
  readonly pods: readonly Pod[];
  readonly metrics: PodMetrics;
  /** `cpu`, `memory`, or `''` for a metric of the pods' own. */
  readonly resource: string;
  readonly currentReplicas: number;
  readonly tolerance: Tolerance;
  readonly delays: ReadinessDelays;
  readonly nowNs: number;
}

/** Usage against its target. */
interface Usage extends Omit<Proposal, 'replicas'> {
  readonly ratio: number;
}

/** How usage is judged, and what pods without metrics are taken to use when that would make the size shrink. */
interface Yardstick {
  measure(values: ReadonlyMap<string, number>): Usage | undefined;
  fallback(podName: string): number;
}

/** Replicas for a share of the requests (GetResourceReplicas); undefined without pods, metrics or requests. */
export function utilizationReplicas(
  view: PodMetricView,
  targetPercent: number,
  container: string,
): Proposal | undefined {
  const requests = resourceRequests(view.pods, view.resource, container);
  if (requests === undefined) return undefined;
  const assumedPercent = Math.max(100, targetPercent);
  return replicasFor(view, {
    measure: (values) => utilizationOf(values, requests, targetPercent),
    fallback: (podName) => Math.trunc(((requests.get(podName) ?? 0) * assumedPercent) / 100),
  });
}

/** Replicas for an average value in thousandths (GetRawResourceReplicas, GetMetricReplicas). */
export function averageReplicas(view: PodMetricView, target: number): Proposal | undefined {
  return replicasFor(view, {
    measure: (values) => averageOf(values, target),
    fallback: () => target,
  });
}

function utilizationOf(
  values: ReadonlyMap<string, number>,
  requests: ReadonlyMap<string, number>,
  targetPercent: number,
): Usage | undefined {
  let total = 0;
  let requested = 0;
  let count = 0;
  for (const [podName, value] of values) {
    const request = requests.get(podName);
    if (request === undefined) continue;
    total += value;
    requested += request;
    count++;
  }
  if (requested === 0) return undefined;
  const utilization = Math.trunc((total * 100) / requested) | 0;
  return { ratio: utilization / targetPercent, utilization, usage: Math.trunc(total / count) };
}

function averageOf(values: ReadonlyMap<string, number>, target: number): Usage {
  let total = 0;
  for (const value of values.values()) total += value;
  const usage = Math.trunc(total / values.size);
  return { ratio: usage / target, utilization: -1, usage };
}

/**
 * Replicas that would bring usage to its target. Pods without metrics, and new ones, are taken into account so that they
 * dampen the change: a missing pod uses nothing when scaling up and its share when scaling down. If they turn the
 * direction round, nothing is done.
 */
function replicasFor(view: PodMetricView, yardstick: Yardstick): Proposal | undefined {
  if (view.pods.length === 0) return undefined;
  const groups = groupPods(view.pods, view.metrics, view.resource, view.delays, view.nowNs);
  const values = countedValues(view.metrics, groups);
  const measured = values.size === 0 ? undefined : yardstick.measure(values);
  if (measured === undefined) return undefined;
  const { ratio, usage, utilization } = measured;
  const answer = (replicas: number): Proposal => ({ replicas, usage, utilization });
  const risesWithUnready = groups.unready.size > 0 && ratio > 1;
  if (!risesWithUnready && groups.missing.size === 0)
    return answer(
      isWithin(view.tolerance, ratio) ? view.currentReplicas : toInt32(Math.ceil(ratio * groups.readyCount)),
    );
  if (ratio !== 1)
    for (const podName of groups.missing) values.set(podName, ratio < 1 ? yardstick.fallback(podName) : 0);
  if (risesWithUnready) for (const podName of groups.unready) values.set(podName, 0);
  const dampened = yardstick.measure(values);
  return dampened && answer(dampenedReplicas(ratio, dampened.ratio, values.size, view));
}

/** Metrics of pods that count. */
function countedValues(metrics: PodMetrics, { ignored, unready }: PodGroups): Map<string, number> {
  const values = new Map<string, number>();
  for (const [podName, { value }] of metrics)
    if (!ignored.has(podName) && !unready.has(podName)) values.set(podName, value);
  return values;
}

function dampenedReplicas(
  ratio: number,
  newRatio: number,
  count: number,
  { currentReplicas, tolerance }: PodMetricView,
): number {
  const turned = (ratio < 1 && newRatio > 1) || (ratio > 1 && newRatio < 1);
  if (turned || isWithin(tolerance, newRatio)) return currentReplicas;
  const replicas = toInt32(Math.ceil(newRatio * count));
  const backwards = (newRatio < 1 && replicas > currentReplicas) || (newRatio > 1 && replicas < currentReplicas);
  return backwards ? currentReplicas : replicas;
}
