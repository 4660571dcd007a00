import { byRevision, type ControllerRevision } from '../../../api/controller-revision.js';
import type { Pod, PodTemplate } from '../../../api/pod.js';
import type { StatefulSet } from '../../../api/stateful-set.js';
import type { ApiClient } from '../../../client/api-client.js';
import { createRevision, renumberRevision } from '../../../client/revision-writer.js';
import type { Wait } from '../../../client/task.js';
import { revisionOf } from './pod-health.js';
import { expiredRevisions, revisionChange } from './revision-history.js';

/** The revisions one sync of a StatefulSet works with: what its cache had, and what the sync has written. */
export class SetRevisions {
  collisionCount: number;
  private readonly client: ApiClient;
  private readonly set: StatefulSet;
  private readonly cached: readonly ControllerRevision[];

  constructor(client: ApiClient, set: StatefulSet, revisions: readonly ControllerRevision[]) {
    this.client = client;
    this.set = set;
    this.cached = [...revisions].sort(byRevision);
    this.collisionCount = set.status.collisionCount;
  }

  /** Sees to it that the present template is the newest revision; ends with its name, `''` after an error. */
  *update(): Generator<Wait, string, void> {
    const change = revisionChange(this.set.spec.template, this.cached);
    if (change.verb === 'keep') return change.existing.metadata.name;
    if (change.verb === 'renumber') {
      const renumbered = yield* renumberRevision(this.client, change.existing, change.revision);
      return renumbered?.metadata.name ?? '';
    }
    const { client, set, collisionCount } = this;
    const written = yield* createRevision(client, set, set.spec.template, change.revision, collisionCount);
    if (written === undefined) return '';
    this.collisionCount = written.collisions;
    return written.object.metadata.name;
  }

  /** Whether the cache knows a revision of this name. */
  knows(name: string): boolean {
    return this.cached.some(({ metadata }) => metadata.name === name);
  }

  /** The template of a revision; the present one for a name that nobody knows any more. */
  template(name: string): PodTemplate {
    const found = this.cached.find(({ metadata }) => metadata.name === name);
    return found?.spec.template ?? this.set.spec.template;
  }

  /** Deletes revisions beyond the limit; false after an error (truncateHistory). */
  *truncate(current: string, update: string, pods: readonly Pod[]): Generator<Wait, boolean, void> {
    const { revisionHistoryLimit } = this.set.spec;
    if (this.cached.length <= revisionHistoryLimit) return true;
    const live = new Set([current, update, ...pods.map(revisionOf)]);
    for (const expired of expiredRevisions(this.cached, live, revisionHistoryLimit)) {
      const call = this.client.delete(expired);
      yield call;
      if (!call.ok) return false;
    }
    return true;
  }
}
