import { DELETE_DEPENDENTS, ORPHAN_DEPENDENTS } from '../../../api/finalizers.js';
import { controllerOf, type OwnerReference } from '../../../api/meta.js';
import type { ApiObject } from '../../../api/object.js';
import type { ApiClient } from '../../../client/api-client.js';
import { FinalizerRemoval } from '../../../client/finalizer-removal.js';
import type { Informer } from '../../../client/informer.js';
import { OwnerRemoval } from '../../../client/owner-removal.js';
import type { Process } from '../../../client/process.js';
import type { Task, Wait } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { OwnerGraph, packed } from './owner-graph.js';
import { awaitsDependents, type Owners, orphansDependents } from './owners.js';

/** How often the workers look whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

const DEPENDENTS_GONE = new FinalizerRemoval(DELETE_DEPENDENTS);
const DEPENDENTS_ORPHANED = new FinalizerRemoval(ORPHAN_DEPENDENTS);

export interface GarbageCollectorParts {
  readonly process: Process;
  /** The metadata client, whose rate is twice that of other controllers: a deletion takes a GET and a DELETE. */
  readonly client: ApiClient;
  /** Every kind that owns or is owned. */
  readonly informers: readonly Informer<ApiObject>[];
  /** `--concurrent-gc-syncs`. */
  readonly workers: number;
}

/**
 * Deletes objects whose owners are all gone, in the background, or in the foreground before their owner, or takes
 * their owner from them (pkg/controller/garbagecollector). The graph of owners and dependents is the index of the
 * informers' caches; every decision is checked against the API server.
 */
export class GarbageCollector {
  private readonly client: ApiClient;
  private readonly graph: OwnerGraph;
  private readonly queue: WorkQueue;
  private readonly orphaning: WorkQueue;
  /** Owners known not to exist, by packed key: they never come back, since identities are not reused. */
  private readonly absent: Set<number>;

  constructor({ process, client, informers, workers }: GarbageCollectorParts) {
    this.client = client;
    this.graph = new OwnerGraph(informers);
    this.queue = new WorkQueue(process, 'garbage collector', workers, (key) => this.attempt(key));
    this.orphaning = new WorkQueue(process, 'garbage collector: orphans', workers, (key) => this.orphan(key));
    this.absent = new Set();
    for (const informer of informers)
      informer.addHandler({
        added: (object) => this.added(object),
        updated: (previous, object) => this.updated(previous, object),
        deleted: (object) => this.deleted(object),
      });
  }

  /** A dependent that arrives after its owner has gone was never found by the owner's deletion. */
  private added(object: ApiObject): void {
    this.ends(object);
    const owner = controllerOf(object.metadata);
    if (owner === undefined || !this.graph.synced) return;
    const informer = this.graph.informerOf(owner.kindId);
    if (informer === undefined) return;
    const known = informer.cache.byId(owner.id);
    if (known === undefined || awaitsDependents(known.metadata)) this.queue.add(keyOf(object));
  }

  private updated(previous: ApiObject, object: ApiObject): void {
    if (previous.metadata === object.metadata) return;
    if (object.metadata.deleting && previous.metadata.finalizers !== object.metadata.finalizers) this.ends(object);
    if (previous.metadata.ownerReferences !== object.metadata.ownerReferences) this.release(previous);
  }

  /** Takes note of an object that is to be deleted after its dependents, or without them. */
  private ends(object: ApiObject): void {
    if (orphansDependents(object.metadata)) this.orphaning.add(keyOf(object));
    if (!awaitsDependents(object.metadata)) return;
    for (const dependent of this.graph.dependentsOf(object)) this.queue.add(keyOf(dependent));
    this.queue.add(keyOf(object));
  }

  private deleted(object: ApiObject): void {
    let found = false;
    for (const dependent of this.graph.dependentsOf(object)) {
      this.queue.add(keyOf(dependent));
      found = true;
    }
    if (found) this.absent.add(keyOf(object));
    this.release(object);
  }

  /** The owner of this object may wait for it no longer. */
  private release({ metadata }: ApiObject): void {
    const owner = controllerOf(metadata);
    if (owner === undefined) return;
    const known = this.graph.informerOf(owner.kindId)?.cache.byId(owner.id);
    if (known !== undefined && awaitsDependents(known.metadata)) this.queue.add(keyOf(known));
  }

  /** Most of what comes here has been deleted already: an owner adds all its dependents whenever one of them has gone. */
  private attempt(key: number): Task | undefined {
    if (!this.graph.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return undefined;
    }
    const object = this.graph.get(key);
    if (object !== undefined && (!object.metadata.deleting || awaitsDependents(object.metadata)))
      return this.attemptToDelete(object);
    this.queue.forget(key);
    return undefined;
  }

  private *attemptToDelete(object: ApiObject): Task {
    if (yield* this.collect(object)) this.queue.forget(keyOf(object));
    else this.queue.addRateLimited(keyOf(object));
  }

  /** Deletes the object if that is due; false where that must be tried again (attemptToDeleteItem). */
  private *collect(object: ApiObject): Generator<Wait, boolean, void> {
    const { client } = this;
    const { namespace, name } = object.metadata;
    const read = client.get(object.kind, namespace, name);
    yield read;
    if (read.code === 404) return true;
    if (!read.ok) return false;
    const latest = read.object!;
    if (latest.id !== object.id) return true;
    if (awaitsDependents(object.metadata)) return yield* this.awaitDependents(object);
    if (latest.metadata.ownerReferences.length === 0) return true;
    const owners = yield* this.classify(latest);
    if (owners === undefined) return false;
    const done = [...owners.dangling, ...owners.waiting];
    if (owners.solid && done.length === 0) return true;
    const call = owners.solid
      ? client.patch(latest, new OwnerRemoval(done))
      : client.delete(latest, { id: latest.id, propagationPolicy: this.policyFor(latest, owners) });
    yield call;
    return call.ok || call.code === 404;
  }

  /** What becomes of the object's own dependents: they go first if somebody waits for them, or as it has been told. */
  private policyFor(object: ApiObject, { waiting }: Owners): 'Background' | 'Foreground' | 'Orphan' {
    const { finalizers } = object.metadata;
    if (waiting.length > 0 && this.graph.dependentsOf(object).next().done !== true) return 'Foreground';
    if (finalizers.includes(ORPHAN_DEPENDENTS)) return 'Orphan';
    return finalizers.includes(DELETE_DEPENDENTS) ? 'Foreground' : 'Background';
  }

  /** Lets the object go when nothing blocks it any more (processDeletingDependentsItem). */
  private *awaitDependents(object: ApiObject): Generator<Wait, boolean, void> {
    const blockers = this.graph.blockersOf(object);
    for (const dependent of blockers) if (!awaitsDependents(dependent.metadata)) this.queue.add(keyOf(dependent));
    if (blockers.length > 0) return true;
    const call = this.client.patch(object, DEPENDENTS_GONE);
    yield call;
    return call.ok || call.code === 404;
  }

  /** Takes the owner from all its dependents at once, then lets it go (attemptToOrphanWorker). */
  private *orphan(key: number): Task {
    const owner = this.graph.get(key);
    if (owner === undefined || !orphansDependents(owner.metadata)) return;
    const removal = new OwnerRemoval([{ kindId: owner.kind.id, id: owner.id }]);
    const calls = [...this.graph.dependentsOf(owner)].map((dependent) => this.client.patch(dependent, removal));
    if (calls.length > 0) yield calls;
    const orphaned = calls.every(({ ok, code }) => ok || code === 404);
    const release = orphaned ? this.client.patch(owner, DEPENDENTS_ORPHANED) : undefined;
    if (release !== undefined) yield release;
    if (release !== undefined && (release.ok || release.code === 404)) this.orphaning.forget(key);
    else this.orphaning.addRateLimited(key);
  }

  private *classify(object: ApiObject): Generator<Wait, Owners | undefined, void> {
    const dangling: OwnerReference[] = [];
    const waiting: OwnerReference[] = [];
    for (const reference of object.metadata.ownerReferences) {
      const state = yield* this.stateOf(reference, object.metadata.namespace);
      if (state === 'unknown') return undefined;
      if (state === 'absent') dangling.push(reference);
      if (state === 'waiting') waiting.push(reference);
    }
    return { solid: dangling.length + waiting.length < object.metadata.ownerReferences.length, dangling, waiting };
  }

  /** How an owner is; unknown when the API server could not be asked. Owners of kinds that are not watched are solid. */
  private *stateOf(
    owner: OwnerReference,
    namespace: string,
  ): Generator<Wait, 'solid' | 'absent' | 'waiting' | 'unknown', void> {
    const kind = this.graph.informerOf(owner.kindId)?.kind;
    if (kind === undefined) return 'solid';
    const key = packed(owner.kindId, owner.id);
    if (this.absent.has(key)) return 'absent';
    const call = this.client.get(kind, kind.namespaced ? namespace : '', owner.name);
    yield call;
    if (call.ok && call.object!.id === owner.id) return awaitsDependents(call.object!.metadata) ? 'waiting' : 'solid';
    if (!call.ok && call.code !== 404) return 'unknown';
    this.absent.add(key);
    return 'absent';
  }
}

function keyOf({ kind, id }: ApiObject): number {
  return packed(kind.id, id);
}
