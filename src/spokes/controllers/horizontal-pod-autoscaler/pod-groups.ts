import type { Pod } from '../../../api/pod.js';

/** One value of a metric for one pod. */
export interface PodMetric {
  /** In thousandths. */
  readonly value: number;
  /** When it was taken, and over how long. */
  readonly timeNs: number;
  readonly windowNs: number;
}

/** Values by pod name. */
export type PodMetrics = ReadonlyMap<string, PodMetric>;

/** How long the CPU usage of new pods is not believed; names as the flags'. */
export interface ReadinessDelays {
  readonly cpuInitializationPeriodNs: number;
  readonly initialReadinessDelayNs: number;
}

/** Pods by what their metrics are good for; names, but for the ready ones, which are only counted. */
export interface PodGroups {
  readonly readyCount: number;
  readonly unready: ReadonlySet<string>;
  /** No metrics although they should have some. */
  readonly missing: ReadonlySet<string>;
  /** Failed, or being deleted. */
  readonly ignored: ReadonlySet<string>;
}

/** Sorts pods by whether their metrics count (replica_calculator.go groupPods); readiness matters to `cpu` only. */
export function groupPods(
  pods: readonly Pod[],
  metrics: PodMetrics,
  resource: string,
  delays: ReadinessDelays,
  nowNs: number,
): PodGroups {
  const unready = new Set<string>();
  const missing = new Set<string>();
  const ignored = new Set<string>();
  let readyCount = 0;
  for (const pod of pods) {
    const { name, deleting } = pod.metadata;
    const metric = metrics.get(name);
    if (deleting || pod.status.phase === 'Failed') ignored.add(name);
    else if (pod.status.phase === 'Pending') unready.add(name);
    else if (metric === undefined) missing.add(name);
    else if (resource === 'cpu' && isStarting(pod, metric, delays, nowNs)) unready.add(name);
    else readyCount++;
  }
  return { readyCount, unready, missing, ignored };
}

/** Whether a pod's CPU usage may still be that of its start. */
function isStarting({ status }: Pod, metric: PodMetric, delays: ReadinessDelays, nowNs: number): boolean {
  const { ready, readySinceNs, startTimeNs } = status;
  if (readySinceNs < 0 || startTimeNs < 0) return true;
  if (startTimeNs + delays.cpuInitializationPeriodNs > nowNs)
    return !ready || metric.timeNs < readySinceNs + metric.windowNs;
  // Later on a pod that is not ready counts, unless it has never been ready.
  return !ready && startTimeNs + delays.initialReadinessDelayNs > readySinceNs;
}
