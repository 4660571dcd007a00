import type { Pod } from '../../../api/pod.js';
import type { PodMetrics } from './pod-groups.js';

/** Who is asked for what pods use: the resource metrics API. */
export interface MetricsSource {
  /** Values of those pods that have any; `container` is `''` for the sum of all. */
  resource(pods: readonly Pod[], resource: string, container: string): PodMetrics;
  /** Since when what these pods are asked to do has not changed; Infinity while it does. */
  steadySinceNs(pods: readonly Pod[]): number;
}
