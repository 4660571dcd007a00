import { parseDuration } from '../../api/duration.js';
import type { Pod } from '../../api/pod.js';

const EXIT_AFTER = 'hubsim/exit-after';
const EXIT_CODE = 'hubsim/exit-code';

/** How a pod's containers end of themselves. */
export interface ExitPlan {
  /** After they became ready, ns. */
  readonly afterNs: number;
  readonly code: number;
}

/** What the pod's `hubsim/exit-after` and `hubsim/exit-code` annotations say; `undefined` for pods that run on. */
export function exitPlanOf(pod: Pod): ExitPlan | undefined {
  const after = pod.metadata.annotations[EXIT_AFTER];
  if (after === undefined) return undefined;
  return { afterNs: parseDuration(after), code: Number(pod.metadata.annotations[EXIT_CODE] ?? '0') };
}

/** What containers end with that SIGTERM ends. */
const TERMINATED = 143;

/** What the pod's containers end with now: tasks that are stopped before their end have failed. */
export function exitCodeOf(pod: Pod): number {
  const isTask = pod.spec.shape.restartPolicy !== 'Always';
  return pod.metadata.deleting && isTask ? TERMINATED : (exitPlanOf(pod)?.code ?? 0);
}
