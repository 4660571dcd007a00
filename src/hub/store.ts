import type { Call, DeleteOptions } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import { EVENT, NAMESPACE } from '../api/kind.js';
import type { ObjectMeta } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import type { Pod } from '../api/pod.js';
import type { WatchEvent, WatchEventType } from '../api/watch.js';
import type { Engine } from '../engine/index.js';
import { dueNs, finalizersFor, graceSecondsOf, isMarked, removableNow } from './deletion.js';
import type { Backend } from './etcd/backend.js';
import { EventShelf } from './event-shelf.js';
import { firstGeneration, nextGeneration } from './generation.js';
import { KindTable } from './kind-table.js';
import {
  ALREADY_EXISTS,
  CONFLICT,
  created,
  invalid,
  NAMESPACE_ENDS,
  NOT_FOUND,
  type Outcome,
  ok,
  UNFINISHED,
} from './outcome.js';
import { updateProblem } from './update-problem.js';

/** Who hears of every committed change, in order of revision. */
export type CommitListener = (event: WatchEvent) => void;

/** The engine, as far as the store knows it. */
export type StoreClock = Pick<Engine, 'nowNs' | 'inChore'> & Partial<Pick<Engine, 'trace'>>;

/**
 * The one store: all objects, one revision at a time. It knows no time but the clock it is handed and costs none;
 * etcd's queue and disk stand before it, the watch caches behind it.
 *
 * Semantics are those of the API server's generic registry (registry/generic/registry/store.go): a write names the
 * revision it was made from and loses with 409 when the object has moved on; deletion waits for grace and
 * finalizers; a write that changes nothing makes no revision.
 */
export class Store {
  private readonly tables: KindTable[];
  private readonly listener: CommitListener;
  private readonly clock: StoreClock;
  private readonly takeId: (kind: Kind) => number;
  private currentRevision: number;
  /** The file that all is kept in; undefined for a copy that is in memory alone. */
  backend: Backend | undefined;
  /** The file of Events, if they have one of their own. */
  eventsBackend: Backend | undefined;

  /** `takeId` gives identities that no other copy gives, where there are several. */
  constructor(clock: StoreClock, listener: CommitListener, takeId?: (kind: Kind) => number) {
    this.tables = [];
    this.listener = listener;
    this.clock = clock;
    this.takeId = takeId ?? ((kind) => this.table(kind).takeId());
    this.currentRevision = 0;
    this.backend = undefined;
    this.eventsBackend = undefined;
  }

  /** Revision of the newest write. */
  get revision(): number {
    return this.currentRevision;
  }

  table(kind: Kind): KindTable {
    let table = this.tables[kind.id];
    if (table === undefined) {
      table = new KindTable(kind === EVENT ? new EventShelf() : undefined);
      this.tables[kind.id] = table;
    }
    return table;
  }

  get(kind: Kind, namespace: string, name: string): ApiObject | undefined {
    return this.table(kind).get(namespace, name);
  }

  /** The version there is of an object of which somebody has another: found by its identity, for names take longer. */
  current(version: ApiObject): ApiObject | undefined {
    const table = this.table(version.kind);
    const known = version.revision === 0 ? undefined : table.getById(version.id);
    return known ?? table.get(version.metadata.namespace, version.metadata.name);
  }

  /** The object that a call names: found by its identity if that is known, for names take longer. */
  target(call: Call): ApiObject | undefined {
    const table = this.table(call.kind);
    const known = call.targetId < 0 ? undefined : table.getById(call.targetId);
    if (known !== undefined && isNamed(known, call)) return known;
    const found = table.get(call.namespace, call.name);
    call.targetId = found?.id ?? -1;
    return found;
  }

  /** Whether a namespace is there and not ending: admission asks that before anything else (NamespaceLifecycle). */
  takesObjects(namespace: string): boolean {
    return this.table(NAMESPACE).get('', namespace)?.metadata.deleting === false;
  }

  create(object: ApiObject): Outcome {
    const { namespace, name } = object.metadata;
    const kind = object.kind;
    if (kind.namespaced) {
      const home = this.table(NAMESPACE).get('', namespace);
      if (home === undefined) return NOT_FOUND;
      if (home.metadata.deleting) return NAMESPACE_ENDS;
    }
    const table = this.table(kind);
    if (table.get(namespace, name) !== undefined) return ALREADY_EXISTS;
    const metadata = object.metadata.created(firstGeneration(kind), this.clock.nowNs);
    const stored = object.stamped(this.takeId(kind), ++this.currentRevision, metadata);
    table.insert(stored);
    this.commit('ADDED', stored, undefined);
    return created(stored);
  }

  /** Writes metadata, spec and extra fields of an object; its status stays what it is. */
  update(proposed: ApiObject): Outcome {
    const current = this.current(proposed);
    if (current === undefined) return NOT_FOUND;
    if (isStale(proposed, current)) return CONFLICT;
    const problem = updateProblem(current, proposed);
    if (problem !== '') return invalid(problem);
    const kept = proposed.status === current.status ? proposed : proposed.withStatus(current.status);
    return this.write(current, kept);
  }

  /** Writes the status of an object, and its annotations: strategies for status keep only spec and labels. */
  updateStatus(proposed: ApiObject): Outcome {
    const current = this.current(proposed);
    if (current === undefined) return NOT_FOUND;
    if (isStale(proposed, current)) return CONFLICT;
    const { annotations } = proposed.metadata;
    const annotated =
      annotations === current.metadata.annotations
        ? current
        : current.withMetadata(current.metadata.with({ annotations }));
    return this.write(current, annotated.withStatus(proposed.status));
  }

  /** Applies a patch to the current version; with `status`, only what it changes of the status counts. */
  patch(current: ApiObject | undefined, patch: Patch, subresource: string): Outcome {
    if (current === undefined) return NOT_FOUND;
    const changed = patch.apply(current);
    if (subresource === 'status') return this.write(current, current.withStatus(changed.status));
    const problem = updateProblem(current, changed);
    return problem === '' ? this.write(current, changed) : invalid(problem);
  }

  /** Binds a pod to a node (registry/core/pod/storage: assignPod). */
  bind(current: Pod | undefined, patch: Patch): Outcome {
    if (current === undefined) return NOT_FOUND;
    if (current.metadata.deleting || current.spec.nodeName !== '') return CONFLICT;
    const outcome = this.write(current, patch.apply(current));
    return { code: 201, reason: '', object: outcome.object };
  }

  /**
   * Deletes an object, or marks it if it has grace or finalizers left. A pod is marked in any case, so that one that may go
   * at once takes two writes: `UNFINISHED` after the first.
   */
  delete(kind: Kind, namespace: string, name: string, options: DeleteOptions): Outcome {
    const current = this.get(kind, namespace, name);
    if (current === undefined) return NOT_FOUND;
    if (options.id !== undefined && options.id !== current.id) return CONFLICT;
    const graceSeconds = graceSecondsOf(current, options);
    const finalizers = finalizersFor(current, options);
    const removable = removableNow(graceSeconds, finalizers);
    if (removable && isMarked(current)) return this.remove(current);
    const { deleting, deletionTimestampNs, deletionGracePeriodSeconds } = current.metadata;
    const sooner = !deleting || graceSeconds < deletionGracePeriodSeconds;
    if (!sooner && finalizers === current.metadata.finalizers) return ok(current);
    const metadata = current.metadata.with({
      deletionTimestampNs: sooner ? dueNs(current.metadata, graceSeconds, this.clock.nowNs) : deletionTimestampNs,
      deletionGracePeriodSeconds: graceSeconds,
      finalizers,
    });
    const ending = current.kind === NAMESPACE ? current.withStatus({ phase: 'Terminating' }) : current;
    if (!removable) return this.write(current, ending.withMetadata(metadata));
    this.replace(current, ending.withMetadata(metadata), metadata);
    return UNFINISHED;
  }

  private write(current: ApiObject, next: ApiObject): Outcome {
    if (unchanged(current, next)) return ok(current);
    const generation = nextGeneration(current, next);
    const metadata = next.metadata.generation === generation ? next.metadata : next.metadata.with({ generation });
    const gone = metadata.deleting && removableNow(metadata.deletionGracePeriodSeconds, metadata.finalizers);
    return gone ? this.drop(current, next, metadata) : this.replace(current, next, metadata);
  }

  private replace(current: ApiObject, next: ApiObject, metadata: ObjectMeta): Outcome {
    const stored = next.stamped(current.id, ++this.currentRevision, metadata);
    this.table(current.kind).replace(stored);
    this.commit('MODIFIED', stored, current);
    return ok(stored);
  }

  /** The file that objects of a kind are kept in. */
  backendOf(kind: Kind): Backend | undefined {
    return kind === EVENT ? (this.eventsBackend ?? this.backend) : this.backend;
  }

  /** The file of a kind, compacted as far as it must be by now. */
  compacted(kind: Kind): Backend | undefined {
    const backend = this.backendOf(kind);
    backend?.compactUntil(this.clock.nowNs, this.currentRevision);
    return backend;
  }

  /** An object goes without anybody having asked for it: its lease has run out. */
  expire(current: ApiObject): void {
    this.remove(current);
  }

  private remove(current: ApiObject): Outcome {
    const metadata = current.metadata.deleting
      ? current.metadata
      : current.metadata.with({ deletionTimestampNs: this.clock.nowNs, deletionGracePeriodSeconds: 0 });
    return this.drop(current, current, metadata);
  }

  /** Takes an object out, of which `next` is the last that is told. */
  private drop(current: ApiObject, next: ApiObject, metadata: ObjectMeta): Outcome {
    const last = next.stamped(current.id, ++this.currentRevision, metadata);
    this.table(current.kind).remove(current);
    this.commit('DELETED', last, current);
    return ok(last);
  }

  /**
   * Takes over a change that was made to another copy, as a change of its own: the object, its identity and its name are
   * the other's, the revision is this copy's. Of two objects of one name the later one stays.
   */
  adopt(type: WatchEventType, object: ApiObject): void {
    const table = this.table(object.kind);
    const current = table.getById(object.id);
    const { namespace, name } = object.metadata;
    if (type === 'DELETED') {
      if (current !== undefined) this.remove(current);
      return;
    }
    const rival = table.get(namespace, name);
    if (rival !== undefined && rival.id !== object.id) this.remove(rival);
    const stored = object.stamped(object.id, ++this.currentRevision, object.metadata);
    if (current === undefined) table.insert(stored);
    else table.replace(stored);
    this.commit(current === undefined ? 'ADDED' : 'MODIFIED', stored, current);
  }

  private commit(type: WatchEventType, object: ApiObject, previous: ApiObject | undefined): void {
    const { nowNs, inChore, trace } = this.clock;
    if (!inChore) this.table(object.kind).workRevision = object.revision;
    this.listener({ type, object, previous, committedNs: nowNs, cause: trace?.current ?? 0, chore: inChore });
  }
}

function isNamed({ metadata }: ApiObject, { namespace, name }: Call): boolean {
  return metadata.name === name && metadata.namespace === namespace;
}

/** Whether a write was made from another version than the one there is; without a revision it may be made from any. */
export function isStale(proposed: ApiObject, current: ApiObject): boolean {
  return proposed.revision !== 0 && (proposed.revision !== current.revision || proposed.id !== current.id);
}

function unchanged(current: ApiObject, next: ApiObject): boolean {
  return (
    current.spec === next.spec &&
    current.status === next.status &&
    current.metadata === next.metadata &&
    current.extra === next.extra
  );
}
