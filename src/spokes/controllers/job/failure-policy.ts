import type { ExitCodePattern, FailureAction, JobSpec, PodConditionPattern, PodFailureRule } from '../../../api/job.js';
import type { Pod } from '../../../api/pod.js';
import type { EndOf, PodEnd } from './job-pod.js';

/** What the failure policy says of a failed pod. */
export interface FailureVerdict {
  /** Of the first rule that matches; undefined if none does. */
  readonly action: FailureAction | undefined;
  /** Whether the failure counts towards the backoff limits. */
  readonly counted: boolean;
  /** Why the whole Job must fail; undefined if it must not. */
  readonly message: string | undefined;
}

const NO_MATCH: FailureVerdict = { action: undefined, counted: true, message: undefined };

/** Finds the first rule that matches a failed pod (pod_failure_policy.go matchPodFailurePolicy). */
export function judgeFailure(rules: readonly PodFailureRule[], end: PodEnd, podKey: string): FailureVerdict {
  for (const [index, { action, onExitCodes, onPodConditions }] of rules.entries()) {
    const reason = onExitCodes ? exitCodeMatch(onExitCodes, end, podKey) : conditionMatch(onPodConditions, end, podKey);
    if (reason === undefined) continue;
    const message = action === 'FailJob' ? `${reason} matching ${action} rule at index ${index}` : undefined;
    return { action, counted: action !== 'Ignore', message };
  }
  return NO_MATCH;
}

/** The same for a pod of a Job. */
export function judgePod(pod: Pod, spec: JobSpec, endOf: EndOf): FailureVerdict {
  if (spec.podFailurePolicy === undefined) return NO_MATCH;
  return judgeFailure(spec.podFailurePolicy, endOf(pod), `${pod.metadata.namespace}/${pod.metadata.name}`);
}

/** Exit code 0 matches no pattern, not even one of codes that are not in a list. */
function exitCodeMatch(pattern: ExitCodePattern, { containers }: PodEnd, podKey: string): string | undefined {
  const { containerName, operator, values } = pattern;
  const container = containers.find(({ name, exitCode }) => {
    if (exitCode === 0 || (containerName !== '' && containerName !== name)) return false;
    return values.includes(exitCode) === (operator === 'In');
  });
  return container && `Container ${container.name} for pod ${podKey} failed with exit code ${container.exitCode}`;
}

function conditionMatch(
  patterns: readonly PodConditionPattern[] | undefined,
  { conditions }: PodEnd,
  podKey: string,
): string | undefined {
  const condition = conditions.find(({ type, status }) =>
    patterns?.some((pattern) => pattern.type === type && pattern.status === status),
  );
  return condition && `Pod ${podKey} has condition ${condition.type}`;
}
