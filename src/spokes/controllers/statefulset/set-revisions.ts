import { byRevision, type ControllerRevision, equalTemplates, newRevision } from '../../../api/controller-revision.js';
import { CONTROLLER_REVISION, STATEFUL_SET } from '../../../api/kind.js';
import type { Pod, PodTemplate } from '../../../api/pod.js';
import type { StatefulSet } from '../../../api/stateful-set.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Wait } from '../../../client/task.js';
import { revisionOf } from './pod-health.js';
import { expiredRevisions, revisionChange } from './revision-history.js';

/** The revisions one sync of a StatefulSet works with: what its cache had, and what the sync has written. */
export class SetRevisions {
  collisionCount: number;
  private readonly client: ApiClient;
  private readonly set: StatefulSet;
  private readonly cached: readonly ControllerRevision[];
  private written: ControllerRevision | undefined;

  constructor(client: ApiClient, set: StatefulSet, revisions: Informer<ControllerRevision>) {
    this.client = client;
    this.set = set;
    this.cached = [...revisions.cache.ownedBy(STATEFUL_SET.id, set.id).values()].sort(byRevision);
    this.written = undefined;
    this.collisionCount = set.status.collisionCount;
  }

  /** Sees to it that the present template is the newest revision; ends with its name, `''` after an error. */
  *update(): Generator<Wait, string, void> {
    const change = revisionChange(this.set.spec.template, this.cached);
    if (change.verb === 'keep') return change.existing.metadata.name;
    this.written =
      change.verb === 'create'
        ? yield* this.create(change.revision)
        : yield* this.renumber(change.existing, change.revision);
    return this.written?.metadata.name ?? '';
  }

  /** A name that is taken by the same template is what the cache has not shown yet (CreateControllerRevision). */
  private *create(revision: number): Generator<Wait, ControllerRevision | undefined, void> {
    const { template } = this.set.spec;
    for (;;) {
      const wanted = newRevision(this.set, template, revision, this.collisionCount);
      const call = this.client.create(wanted);
      yield call;
      if (call.ok) return call.object as ControllerRevision;
      if (call.reason !== 'AlreadyExists') return undefined;
      const { namespace, name } = wanted.metadata;
      const read = this.client.get(CONTROLLER_REVISION, namespace, name);
      yield read;
      if (!read.ok) return undefined;
      const existing = read.object as ControllerRevision;
      if (equalTemplates(existing.spec.template, template)) return existing;
      this.collisionCount++;
    }
  }

  private *renumber(
    existing: ControllerRevision,
    revision: number,
  ): Generator<Wait, ControllerRevision | undefined, void> {
    const call = this.client.update(existing.withSpec({ ...existing.spec, revision }));
    yield call;
    return call.ok ? (call.object as ControllerRevision) : undefined;
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
    const live = new Set([current, update, ...pods.map(revisionOf)]);
    for (const expired of expiredRevisions(this.cached, live, this.set.spec.revisionHistoryLimit)) {
      const call = this.client.delete(expired);
      yield call;
      if (!call.ok) return false;
    }
    return true;
  }
}
