import type { SuccessRule } from '../../../api/job.js';
import { IndexSet } from './index-set.js';

/** Why the Job has succeeded, undefined if no rule is met (success_policy.go matchSuccessPolicy). */
export function metSuccessRule(
  rules: readonly SuccessRule[] | undefined,
  completions: number,
  succeeded: IndexSet,
): string | undefined {
  if (succeeded.size === 0) return undefined;
  const met = (rules ?? []).findIndex((rule) => isMet(rule, completions, succeeded));
  return met < 0 ? undefined : `Matched rules at index ${met}`;
}

function isMet({ succeededIndexes, succeededCount }: SuccessRule, completions: number, succeeded: IndexSet): boolean {
  if (succeededIndexes === undefined) return succeededCount !== undefined && succeeded.size >= succeededCount;
  const required = IndexSet.parse(succeededIndexes, completions);
  if (required.toString() === '') return false;
  const count = required.overlap(succeeded);
  return count === required.size || (succeededCount !== undefined && count >= succeededCount);
}
