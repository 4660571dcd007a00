import type { Pod } from '../../../api/pod.js';
import type { PodMetrics } from './pod-groups.js';

/** Who is asked for what pods use: the resource metrics API. */
export interface MetricsSource {
  /** Values of those pods that have any; `container` is `''` for the sum of all. */
  resource(pods: readonly Pod[], resource: string, container: string): PodMetrics;
  /** Since when what these pods are asked to do has not changed; Infinity while it does. */
  steadySinceNs(pods: readonly Pod[]): number;
}

/** A value of something else than pods, in thousandths, and since when it has not changed; Infinity while it does. */
export interface MetricTotal {
  readonly value: number;
  readonly steadySinceNs: number;
}

/** An object in a namespace, or with no kind and no name nothing in the cluster. */
export interface MetricOwner {
  readonly kindName: string;
  readonly namespace: string;
  readonly name: string;
}

/** Who is asked for all else: the custom and the external metrics API. */
export interface CustomMetricsSource {
  /** Values of those pods that have the metric. */
  ofPods(pods: readonly Pod[], metric: string): PodMetrics;
  /** Since when what these pods share of a metric has not changed; Infinity while it does. */
  steadySinceNs(pods: readonly Pod[], metric: string): number;
  /** Undefined where there is no value. */
  total(metric: string, owner: MetricOwner): MetricTotal | undefined;
}
