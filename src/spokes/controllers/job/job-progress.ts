import type { JobCondition, JobSpec, JobStatus } from '../../../api/job.js';
import type { JobAssessment } from './job-assessment.js';
import { jobCondition } from './job-end.js';
import type { PodPlan } from './pod-plan.js';

/** How a Job stands once its pods have been seen to. */
export interface JobProgress {
  readonly active: number;
  readonly ready: number;
  readonly terminating: number;
  readonly startTimeNs: number;
  readonly conditions: readonly JobCondition[];
  readonly end: JobCondition | undefined;
}

/** After all active pods of an ending Job were deleted; it cannot end before its cache has seen every pod. */
export function progressOfEnding(
  status: JobStatus,
  assessment: JobAssessment,
  deletedAll: boolean,
  seesEveryPod: boolean,
): JobProgress {
  const { startTimeNs, active, terminating } = assessment;
  const end = deletedAll && seesEveryPod ? assessment.end : undefined;
  return {
    active: 0,
    ready: 0,
    terminating: terminating + active.length,
    startTimeNs,
    conditions: status.conditions,
    end,
  };
}

/** After a plan was carried out; undefined stands for a plan that could not be made yet (rest of syncJob). */
export function progressOfPlan(
  spec: JobSpec,
  status: JobStatus,
  assessment: JobAssessment,
  plan: PodPlan | undefined,
  nowNs: number,
): JobProgress {
  const doomed = plan?.doomed ?? [];
  // While it waits, the original reports no active pods, whatever there is.
  const active =
    plan !== undefined && plan.waitNs >= 0 ? 0 : assessment.active.length - doomed.length + (plan?.newPods.length ?? 0);
  const counts = {
    active,
    ready: assessment.ready - doomed.filter((pod) => pod.status.ready).length,
    terminating: assessment.terminating + doomed.length,
    startTimeNs: assessment.startTimeNs,
    conditions: status.conditions,
  };
  const { succeeded } = assessment;
  const complete = active === 0 && (spec.completions < 0 ? succeeded > 0 : succeeded >= spec.completions);
  if (complete) {
    const message = 'Reached expected number of succeeded pods';
    return { ...counts, end: jobCondition('SuccessCriteriaMet', 'CompletionsReached', message, nowNs) };
  }
  if (plan === undefined) return { ...counts, end: undefined };
  return { ...counts, ...suspension(spec, counts, nowNs), end: undefined };
}

/** The Suspended condition, and the start time, which counts from the last resumption. */
function suspension(
  { suspend }: JobSpec,
  { conditions, startTimeNs }: Pick<JobProgress, 'conditions' | 'startTimeNs'>,
  nowNs: number,
): Pick<JobProgress, 'conditions' | 'startTimeNs'> {
  const known = conditions.find(({ type }) => type === 'Suspended');
  if (suspend === (known?.status === 'True')) return { conditions, startTimeNs };
  const condition: JobCondition = suspend
    ? jobCondition('Suspended', 'JobSuspended', 'Job suspended', nowNs)
    : { ...jobCondition('Suspended', 'JobResumed', 'Job resumed', nowNs), status: 'False' };
  const changed =
    known === undefined ? [...conditions, condition] : conditions.map((each) => (each === known ? condition : each));
  return { conditions: changed, startTimeNs: suspend ? -1 : nowNs };
}
