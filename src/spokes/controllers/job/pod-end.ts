import type { Pod } from '../../../api/pod.js';
import type { PodEnd } from './job-pod.js';

/** Reasons that a pod bears when its end was ordered from outside: it then has the condition DisruptionTarget. */
const DISRUPTIONS: ReadonlySet<string> = new Set([
  'DeletionByTaintManager',
  'DeletionByPodGC',
  'EvictionByEvictionAPI',
  'PreemptionByScheduler',
  // Of the kubelet: TerminationByKubelet.
  'Evicted',
  'Terminated',
]);

const DISRUPTED = [{ type: 'DisruptionTarget', status: 'True' }];

/**
 * How a pod ended, as far as its status says: all of its containers with one code, at the moment when it was no longer
 * ready, or was deleted (backoff_utils.go getFinishedTime).
 */
export function podEnd({ metadata, spec, status }: Pod): PodEnd {
  const { exitCode, readySinceNs, reason } = status;
  const deletedNs = metadata.deletionTimestampNs - metadata.deletionGracePeriodSeconds * 1e9;
  const fallbackNs = metadata.deleting ? deletedNs : metadata.creationTimestampNs;
  const containers = spec.shape.spec.containers ?? [];
  return {
    finishedNs: !status.ready && readySinceNs >= 0 ? readySinceNs : fallbackNs,
    containers: exitCode < 0 ? [] : containers.map(({ name }) => ({ name, exitCode })),
    conditions: DISRUPTIONS.has(reason) ? DISRUPTED : [],
  };
}
