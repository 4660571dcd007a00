import { canonicalJson } from '../api/canonical-json.js';
import type { LabelSelector } from '../api/label-selector.js';

/** A field that may not change (apimachinery ValidateImmutableField), in the words of the original; none if it did not. */
export function immutable(path: string, before: unknown, after: unknown): readonly string[] {
  if (before === after || canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  return [`${path}: Invalid value: ${canonicalJson(after ?? null)}: field is immutable`];
}

export function selectorProblem(before: LabelSelector, after: LabelSelector): readonly string[] {
  return before === after ? [] : immutable('spec.selector', filled(before), filled(after));
}

/** What is empty is as good as not there. */
function filled({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelSelector {
  return {
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  };
}
