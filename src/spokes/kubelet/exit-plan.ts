import type { Pod } from '../../api/pod.js';
import type { Distribution } from '../../random/distribution.js';
import { distributionOf } from './behaviour.js';

const EXIT_AFTER = 'hubsim/exit-after';
const EXIT_CODE = 'hubsim/exit-code';

/** How long after they became ready a hollow pod's containers end of themselves; `undefined` for pods that run on. */
export function exitAfterOf(pod: Pod): Distribution | undefined {
  return distributionOf(pod.metadata.annotations[EXIT_AFTER]);
}

/** What containers end with that SIGTERM ends. */
const TERMINATED = 143;

/** What the pod's containers end with now: tasks that are stopped before their end have failed. */
export function exitCodeOf(pod: Pod): number {
  const isTask = pod.spec.shape.restartPolicy !== 'Always';
  if (pod.metadata.deleting && isTask) return TERMINATED;
  const { annotations } = pod.metadata;
  return annotations[EXIT_AFTER] === undefined ? 0 : Number(annotations[EXIT_CODE] ?? '0');
}
