import { byRevision, type ControllerRevision, equalTemplates } from '../../../api/controller-revision.js';
import type { PodTemplate } from '../../../api/pod.js';

/** The revisions of a DaemonSet by role. */
export interface DaemonHistory {
  /** The one with the present template, if it has been recorded. */
  readonly current: ControllerRevision | undefined;
  /** The number it must have: one more than all others. */
  readonly revision: number;
  readonly old: readonly ControllerRevision[];
  /** More revisions with the present template, to be deleted. */
  readonly duplicates: readonly ControllerRevision[];
}

/** Tells the present revision from the old ones (update.go constructHistory, dedupCurHistories). */
export function daemonHistory(template: PodTemplate, revisions: readonly ControllerRevision[]): DaemonHistory {
  const sorted = [...revisions].sort(byRevision);
  const same = sorted.filter((each) => equalTemplates(each.spec.template, template));
  const old = sorted.filter((each) => !same.includes(each));
  const revision = (old.at(-1)?.spec.revision ?? 0) + 1;
  const current = same.at(-1);
  return {
    current,
    revision: Math.max(revision, current?.spec.revision ?? 0),
    old,
    duplicates: same.slice(0, -1),
  };
}

/** The old revisions beyond the limit that no pod carries, lowest number first (update.go cleanupHistory). */
export function expiredRevisions(
  old: readonly ControllerRevision[],
  liveHashes: ReadonlySet<string>,
  hashOf: (revision: ControllerRevision) => string,
  limit: number,
): readonly ControllerRevision[] {
  const dead = old.filter((each) => !liveHashes.has(hashOf(each)));
  return dead.slice(0, Math.max(0, old.length - limit));
}
