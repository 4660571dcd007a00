import { CONTROLLER_REVISION_HASH, type ControllerRevision } from '../../../api/controller-revision.js';
import type { DaemonSet } from '../../../api/daemon-set.js';
import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import { createRevision, renumberRevision } from '../../../client/revision-writer.js';
import type { Wait } from '../../../client/task.js';
import { type DaemonHistory, daemonHistory, expiredRevisions } from './daemon-history.js';

/** The revisions that one sync of a DaemonSet works with. */
export class DaemonRevisions {
  private readonly client: ApiClient;
  private readonly set: DaemonSet;
  private readonly history: DaemonHistory;
  /** Those at the beginning of the sync; none where nothing depends on them. */
  private readonly pods: readonly Pod[];

  constructor(
    client: ApiClient,
    set: DaemonSet,
    podsNow: () => readonly Pod[],
    revisions: readonly ControllerRevision[],
  ) {
    this.client = client;
    this.set = set;
    this.history = daemonHistory(set.spec.template, revisions);
    const { duplicates, old } = this.history;
    this.pods = duplicates.length > 0 || old.length > set.spec.revisionHistoryLimit ? podsNow() : [];
  }

  /** Sees to it that the present template is the newest revision; ends with its hash, `''` after an error. */
  *construct(): Generator<Wait, string, void> {
    const { client, set, history } = this;
    const { current, revision } = history;
    if (current === undefined) {
      const written = yield* createRevision(client, set, set.spec.template, revision, set.status.collisionCount);
      return written === undefined ? '' : hashOf(written.object);
    }
    if (!(yield* this.mergeDuplicates(hashOf(current)))) return '';
    if (current.spec.revision < revision && (yield* renumberRevision(client, current, revision)) === undefined)
      return '';
    return hashOf(current);
  }

  /** Their pods are relabelled before they go (update.go dedupCurHistories). */
  private *mergeDuplicates(hash: string): Generator<Wait, boolean, void> {
    const { duplicates } = this.history;
    if (duplicates.length === 0) return true;
    for (const pod of this.pods) {
      if (pod.metadata.labels[CONTROLLER_REVISION_HASH] === hash) continue;
      const call = this.client.patch(pod, relabel(hash));
      yield call;
      if (!call.ok) return false;
    }
    return yield* this.delete(duplicates);
  }

  /** Deletes old revisions beyond the limit; false after an error. */
  *cleanUp(): Generator<Wait, boolean, void> {
    const live = new Set(this.pods.map(({ metadata }) => metadata.labels[CONTROLLER_REVISION_HASH] ?? ''));
    return yield* this.delete(expiredRevisions(this.history.old, live, hashOf, this.set.spec.revisionHistoryLimit));
  }

  private *delete(revisions: readonly ControllerRevision[]): Generator<Wait, boolean, void> {
    for (const revision of revisions) {
      const call = this.client.delete(revision);
      yield call;
      if (!call.ok) return false;
    }
    return true;
  }
}

function hashOf({ metadata }: ControllerRevision): string {
  return metadata.labels[CONTROLLER_REVISION_HASH] ?? metadata.name;
}

function relabel(hash: string): Patch {
  return {
    apply: (pod: ApiObject): ApiObject => {
      const labels = { ...pod.metadata.labels, [CONTROLLER_REVISION_HASH]: hash };
      return pod.withMetadata(pod.metadata.with({ labels }));
    },
  };
}
