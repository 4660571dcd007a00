import type { Pod } from '../../../api/pod.js';
import { toInt32 } from './int32.js';
import type { Proposal } from './replica-calculator.js';
import { isWithin, type Tolerance } from './tolerance.js';

const INT32_MAX = 2 ** 31 - 1;

/** Pods that are running and ready (getReadyPodsCount). */
export function readyPodCount(pods: readonly Pod[]): number {
  return pods.filter(({ status }) => status.phase === 'Running' && status.ready).length;
}

/** A metric of something other than the pods. */
export interface TotalMetricView {
  /** The sum of its values, in thousandths. */
  readonly total: number;
  readonly target: number;
  readonly currentReplicas: number;
  readonly tolerance: Tolerance;
}

/** Replicas that bring a total to its target, from those that are ready (GetObjectMetricReplicas, GetExternalMetricReplicas). */
export function totalReplicas(view: TotalMetricView, readyPods: number): Proposal {
  const { total, target, currentReplicas, tolerance } = view;
  const ratio = total / target;
  const answer = (replicas: number): Proposal => ({ replicas, usage: total, utilization: -1 });
  if (currentReplicas === 0) return answer(toInt32(Math.ceil(ratio)));
  if (isWithin(tolerance, ratio)) return answer(currentReplicas);
  return answer(Math.min(INT32_MAX, Math.ceil(ratio * readyPods)));
}

/** Replicas that share a total in parts of the target (Get…PerPodMetricReplicas). */
export function perPodReplicas(view: TotalMetricView): Proposal {
  const { total, target, currentReplicas, tolerance } = view;
  const near = isWithin(tolerance, total / (target * currentReplicas));
  const replicas = near ? currentReplicas : Math.min(INT32_MAX, Math.ceil(total / target));
  return { replicas, usage: Math.ceil(total / currentReplicas), utilization: -1 };
}
