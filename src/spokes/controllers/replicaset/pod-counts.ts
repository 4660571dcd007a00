import type { Labels } from '../../../api/labels.js';
import { isPodActive, isPodAvailable, type Pod } from '../../../api/pod.js';
import type { ReplicaSet } from '../../../api/workload.js';
import type { PodCounts } from './replica-set-status.js';

/** Counts a ReplicaSet's pods one by one. */
export function countPods(replicaSet: ReplicaSet, pods: Iterable<Pod>, nowNs: number): PodCounts {
  const { template, minReadySeconds } = replicaSet.spec;
  let active = 0;
  let fullyLabeled = 0;
  let ready = 0;
  let available = 0;
  let terminating = 0;
  for (const pod of pods) {
    if (isTerminating(pod)) terminating++;
    if (!isPodActive(pod)) continue;
    active++;
    if (hasLabels(pod, template.labels)) fullyLabeled++;
    if (pod.status.ready) ready++;
    if (isPodAvailable(pod, minReadySeconds, nowNs)) available++;
  }
  return { active, fullyLabeled, ready, available, terminating };
}

/** Being deleted, and not finished yet (controller.IsPodTerminating). */
export function isTerminating(pod: Pod): boolean {
  const { phase } = pod.status;
  return pod.metadata.deleting && phase !== 'Succeeded' && phase !== 'Failed';
}

/** Whether the pod has all of these labels. */
export function hasLabels(pod: Pod, labels: Labels): boolean {
  const own = pod.metadata.labels;
  if (own === labels) return true;
  for (const key in labels) if (own[key] !== labels[key]) return false;
  return true;
}
