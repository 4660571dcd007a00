import type { JobSpec } from '../../../api/job.js';
import type { Labels } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';
import { remainingBackoffNs, remainingIndexBackoffNs } from './failure-backoff.js';
import { judgePod } from './failure-policy.js';
import { IndexSet } from './index-set.js';
import type { JobAssessment, JobView } from './job-assessment.js';
import {
  COMPLETION_INDEX,
  completionIndex,
  failureCount,
  INDEX_FAILURES,
  INDEX_IGNORED_FAILURES,
  isIndexed,
  isTerminating,
  limitsEachIndex,
  waitsForEnd,
} from './job-pod.js';
import { cheapestPods, indexedPodsToRemove } from './removal-order.js';

/** Most pods one sync creates or deletes (MaxPodCreateDeletePerSync). */
const PODS_PER_SYNC_MAX = 500;

/** A pod to make: its annotations beyond those of the template, and its index, -1 for none. */
export interface NewPod {
  readonly index: number;
  readonly annotations: Labels;
}

/** What is done about a Job's pods in one sync: some are deleted, or some made, never both. */
export interface PodPlan {
  /** These lose their finalizer first: they were not needed, and count as nothing. */
  readonly doomed: readonly Pod[];
  readonly newPods: readonly NewPod[];
  /** How long pods may not be made yet; -1 if nothing waits. */
  readonly waitNs: number;
}

const NOTHING: PodPlan = { doomed: [], newPods: [], waitNs: -1 };

/** Brings the number of running pods to what is wanted (job_controller.go manageJob). */
export function planPods(view: JobView, assessment: JobAssessment): PodPlan {
  const { spec } = view;
  const { active } = assessment;
  const wanted = spec.suspend ? 0 : wantedActive(spec, assessment);
  const surplus = Math.max(0, active.length - wanted);
  const doomed = isIndexed(spec)
    ? indexedPodsToRemove(active, spec.completions, surplus)
    : cheapestPods(active, surplus);
  if (spec.suspend) return { ...NOTHING, doomed };
  if (doomed.length > 0) return { ...NOTHING, doomed: doomed.slice(0, PODS_PER_SYNC_MAX) };
  const missing = wanted - active.length - (waitsForEnd(spec) ? assessment.terminating : 0);
  if (missing <= 0) return NOTHING;
  if (limitsEachIndex(spec)) return planIndexes(view, assessment, Math.min(missing, PODS_PER_SYNC_MAX));
  const waitNs = remainingBackoffNs(assessment.failures, view.nowNs);
  if (waitNs > 0) return { ...NOTHING, waitNs };
  const count = Math.min(missing, PODS_PER_SYNC_MAX);
  return { ...NOTHING, newPods: isIndexed(spec) ? indexedPods(view, assessment, count) : plainPods(count) };
}

/** Pods that should run: as many as are left to complete, within the parallelism. */
function wantedActive({ completions, parallelism }: JobSpec, { active, succeeded }: JobAssessment): number {
  if (completions >= 0) return Math.max(0, Math.min(completions - succeeded, parallelism));
  // One success is enough; what still runs may finish.
  return succeeded > 0 ? active.length : parallelism;
}

function plainPods(count: number): readonly NewPod[] {
  return Array.from({ length: count }, () => ({ index: -1, annotations: {} }));
}

function indexedPods(view: JobView, assessment: JobAssessment, count: number): readonly NewPod[] {
  return pendingIndexes(view, assessment, count).map((index) => ({ index, annotations: indexAnnotation(index) }));
}

function indexAnnotation(index: number): Labels {
  return { [COMPLETION_INDEX]: `${index}` };
}

/** The lowest indexes without a pod, a success or a final failure (firstPendingIndexes). */
function pendingIndexes({ spec, pods }: JobView, assessment: JobAssessment, count: number): readonly number[] {
  const indexesOf = (some: readonly Pod[]): readonly number[] =>
    some.map(completionIndex).filter((index) => index >= 0);
  const taken = assessment.succeededIndexes
    .with(indexesOf(assessment.active))
    .with(waitsForEnd(spec) ? indexesOf(pods.filter(isTerminating)) : [])
    .union(assessment.failedIndexes ?? IndexSet.EMPTY);
  return taken.firstMissing(count, spec.completions);
}

/** Each index has a backoff of its own (getPodCreationInfoForIndependentIndexes). */
function planIndexes(view: JobView, assessment: JobAssessment, count: number): PodPlan {
  const newPods: NewPod[] = [];
  let waitNs = -1;
  for (const index of pendingIndexes(view, assessment, count)) {
    const predecessor = assessment.awaitingSuccessor.get(index);
    const remainingNs = remainingIndexBackoffNs(predecessor, view.endOf, view.nowNs);
    if (remainingNs > 0) waitNs = waitNs < 0 ? remainingNs : Math.min(waitNs, remainingNs);
    else newPods.push({ index, annotations: { ...indexAnnotation(index), ...failureAnnotations(view, predecessor) } });
  }
  return { ...NOTHING, newPods, waitNs: newPods.length > 0 ? -1 : waitNs };
}

/** What a pod's annotations say of the failures of its index (getNewIndexFailureCounts). */
function failureAnnotations(view: JobView, predecessor: Pod | undefined): Labels {
  if (predecessor === undefined) return { [INDEX_FAILURES]: '0' };
  const { annotations } = predecessor.metadata;
  const { counted } = judgePod(predecessor, view.spec, view.endOf);
  const failures = failureCount(annotations, INDEX_FAILURES) + Number(counted);
  const ignored = failureCount(annotations, INDEX_IGNORED_FAILURES) + Number(!counted);
  return { [INDEX_FAILURES]: `${failures}`, ...(ignored > 0 && { [INDEX_IGNORED_FAILURES]: `${ignored}` }) };
}
