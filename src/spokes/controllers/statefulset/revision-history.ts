import { type ControllerRevision, equalTemplates } from '../../../api/controller-revision.js';
import type { PodTemplate } from '../../../api/pod.js';

/** What to do so that the set's present template is the newest revision. */
export type RevisionChange =
  | { readonly verb: 'keep'; readonly existing: ControllerRevision }
  /** Roll back: an old template gets the next number. */
  | { readonly verb: 'renumber'; readonly existing: ControllerRevision; readonly revision: number }
  | { readonly verb: 'create'; readonly revision: number };

/** Finds the template among the revisions, lowest number first (stateful_set_control getStatefulSetRevisions). */
export function revisionChange(template: PodTemplate, revisions: readonly ControllerRevision[]): RevisionChange {
  const newest = revisions.at(-1);
  const revision = (newest?.spec.revision ?? 0) + 1;
  const existing = revisions.findLast((each) => equalTemplates(each.spec.template, template));
  if (existing === undefined) return { verb: 'create', revision };
  return existing === newest ? { verb: 'keep', existing } : { verb: 'renumber', existing, revision };
}

/**
 * The revisions beyond the limit, lowest number first. Those in `live` (current, update, and any that a pod was made
 * from) neither count nor go (stateful_set_control truncateHistory).
 */
export function expiredRevisions(
  revisions: readonly ControllerRevision[],
  live: ReadonlySet<string>,
  limit: number,
): readonly ControllerRevision[] {
  const dead = revisions.filter((each) => !live.has(each.metadata.name));
  return limit < 0 ? [] : dead.slice(0, Math.max(0, dead.length - limit));
}
