import { ByIdentity } from '../../api/by-identity.js';
import type { Kind } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { WatchEvent } from '../../api/watch.js';

/** What there was before the last changes to `state`, which come in order of revision. */
export function undone(state: Iterable<ApiObject>, changes: readonly WatchEvent[]): ByIdentity<ApiObject> {
  const before = new ByIdentity(state);
  for (let i = changes.length - 1; i >= 0; i--) {
    const { object, previous } = changes[i]!;
    if (previous === undefined) before.delete(object.id);
    else before.set(previous);
  }
  return before;
}

/**
 * What etcd still knows of earlier states: all changes since the last compaction (mvcc). They are kept for the kinds alone
 * that somebody may read at an exact revision; pages of a LIST bring their state along.
 */
export class History {
  /** By kind, in order of revision. */
  private readonly changes: (WatchEvent[] | undefined)[];

  constructor() {
    this.changes = [];
  }

  /** From now on changes of a kind are kept. */
  keep(kind: Kind): void {
    this.changes[kind.id] ??= [];
  }

  committed(event: WatchEvent): void {
    if (this.changes.length > 0) this.changes[event.object.kind.id]?.push(event);
  }

  /** What there was of a kind at a revision that is not compacted, of which there is `state` now. */
  at(kind: Kind, revision: number, state: Iterable<ApiObject>): Iterable<ApiObject> {
    const changes = this.changes[kind.id] ?? [];
    return undone(state, changes.slice(firstAfter(changes, revision))).values();
  }

  /** What only states before a revision need is forgotten. */
  compact(revision: number): void {
    for (const changes of this.changes) changes?.splice(0, firstAfter(changes, revision));
  }
}

function firstAfter(changes: readonly WatchEvent[], revision: number): number {
  const first = changes.findIndex(({ object }) => object.revision > revision);
  return first < 0 ? changes.length : first;
}
