import type { JobCondition, UncountedPods } from '../../../api/job.js';
import type { Pod } from '../../../api/pod.js';
import { judgePod } from './failure-policy.js';
import type { JobAssessment, JobView } from './job-assessment.js';
import { completionIndex, isFailed, isIndexed } from './job-pod.js';

/** Pods that may be waiting to be counted at once (MaxUncountedPods). */
const UNCOUNTED_MAX = 500;

/** Finished pods of a Job, as far as one sync gets. */
export interface Findings {
  readonly releases: Pod[];
  readonly succeeded: number[];
  readonly failed: number[];
  /** Completion indexes that succeeded. */
  readonly indexes: number[];
  /** Whether there is anything new to count. */
  counts: boolean;
  /** More than one sync handles. */
  unfinished: boolean;
}

/** Goes through the pods that hold a finalizer, and lists those that can be let go and counted. */
export function findEnded(
  held: readonly Pod[],
  view: JobView,
  assessment: JobAssessment,
  end: JobCondition | undefined,
  uncounted: UncountedPods,
): Findings {
  const found: Findings = {
    releases: [],
    succeeded: [...uncounted.succeeded],
    failed: [...uncounted.failed],
    indexes: [],
    counts: false,
    unfinished: false,
  };
  const known = { succeeded: new Set(view.status.uncounted.succeeded), failed: new Set(view.status.uncounted.failed) };
  for (const pod of held) {
    if (!mayRelease(pod, view, assessment, end)) continue;
    found.releases.push(pod);
    const fails = isFailed(pod, view.spec) || (end !== undefined && end.type !== 'SuccessCriteriaMet');
    if (pod.status.phase === 'Succeeded' && !known.failed.has(pod.id))
      noteSuccess(pod, view, assessment, known.succeeded, found);
    else if (fails && !known.failed.has(pod.id)) noteFailure(pod, view, found);
    if (found.indexes.length + found.succeeded.length + found.failed.length >= UNCOUNTED_MAX) {
      found.unfinished = true;
      break;
    }
  }
  return found;
}

/** Whether a pod can be let go: it has ended, or the Job has (canRemoveFinalizer). */
function mayRelease(pod: Pod, view: JobView, assessment: JobAssessment, end: JobCondition | undefined): boolean {
  if (view.deleting || end !== undefined || pod.status.phase === 'Succeeded') return true;
  return isFailed(pod, view.spec) && assessment.awaitingSuccessor.get(completionIndex(pod)) !== pod;
}

function noteSuccess(
  pod: Pod,
  { spec }: JobView,
  { succeededBefore }: JobAssessment,
  known: ReadonlySet<number>,
  found: Findings,
): void {
  if (isIndexed(spec)) {
    const index = completionIndex(pod);
    if (index < 0 || index >= spec.completions || succeededBefore.has(index)) return;
    found.indexes.push(index);
  } else {
    if (known.has(pod.id)) return;
    found.succeeded.push(pod.id);
  }
  found.counts = true;
}

function noteFailure(pod: Pod, view: JobView, found: Findings): void {
  const { spec } = view;
  const index = completionIndex(pod);
  if (isIndexed(spec) && (index < 0 || index >= spec.completions)) return;
  if (!judgePod(pod, spec, view.endOf).counted) return;
  found.failed.push(pod.id);
  found.counts = true;
}
