import { controllerOf, type OwnerReference } from '../../../api/meta.js';
import type { ApiObject } from '../../../api/object.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import type { Task, Wait } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { OwnerRemoval } from './owner-removal.js';

/** How often the workers look whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

export interface GarbageCollectorParts {
  readonly process: Process;
  /** The metadata client, whose rate is twice that of other controllers: a deletion takes a GET and a DELETE. */
  readonly client: ApiClient;
  /** Every kind that owns or is owned. */
  readonly informers: readonly Informer<ApiObject>[];
  /** `--concurrent-gc-syncs`. */
  readonly workers: number;
}

/** A dependent by kind and identity, packed into a queue key. */
const KIND_STRIDE = 1024;

/** How a dependent's owners are. */
interface Owners {
  /** One of them is alive. */
  readonly solid: boolean;
  readonly dangling: readonly OwnerReference[];
}

/**
 * Deletes objects whose owners are all gone (pkg/controller/garbagecollector, background propagation). The graph of
 * owners and dependents is the index of the informers' caches; every decision is checked against the API server.
 */
export class GarbageCollector {
  private readonly parts: GarbageCollectorParts;
  private readonly queue: WorkQueue;
  private readonly informerByKind: ReadonlyMap<number, Informer<ApiObject>>;
  /** Owners known not to exist, by packed key: they never come back, since identities are not reused. */
  private readonly absent: Set<number>;

  constructor(parts: GarbageCollectorParts) {
    this.parts = parts;
    this.queue = new WorkQueue(parts.process, 'garbage collector', parts.workers, (key) => this.attempt(key));
    this.informerByKind = new Map(parts.informers.map((informer) => [informer.kind.id, informer]));
    this.absent = new Set();
    for (const informer of parts.informers)
      informer.addHandler({
        added: (object) => this.added(object),
        updated: () => undefined,
        deleted: (object) => this.deleted(object),
      });
  }

  private get synced(): boolean {
    return this.parts.informers.every(({ synced }) => synced);
  }

  /** A dependent that arrives after its owner has gone was never found by the owner's deletion. */
  private added(object: ApiObject): void {
    const owner = controllerOf(object.metadata);
    if (owner === undefined || !this.synced) return;
    const informer = this.informerByKind.get(owner.kindId);
    if (informer !== undefined && informer.cache.byId(owner.id) === undefined) this.queue.add(packed(object));
  }

  private deleted(owner: ApiObject): void {
    let found = false;
    for (const { cache } of this.parts.informers)
      for (const dependent of cache.ownedBy(owner.kind.id, owner.id).values()) {
        this.queue.add(packed(dependent));
        found = true;
      }
    if (found) this.absent.add(packed(owner));
  }

  private *attempt(key: number): Task {
    if (!this.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    const object = this.informerByKind.get(key % KIND_STRIDE)?.cache.byId(Math.floor(key / KIND_STRIDE));
    const settled = object === undefined || object.metadata.deleting || (yield* this.collect(object));
    if (settled) this.queue.forget(key);
    else this.queue.addRateLimited(key);
  }

  /** Deletes the object if none of its owners exists; false where that must be tried again (attemptToDeleteItem). */
  private *collect(object: ApiObject): Generator<Wait, boolean, void> {
    const { client } = this.parts;
    const { namespace, name } = object.metadata;
    const read = client.get(object.kind, namespace, name);
    yield read;
    if (read.code === 404) return true;
    if (!read.ok) return false;
    const latest = read.object!;
    if (latest.id !== object.id || latest.metadata.ownerReferences.length === 0) return true;
    const owners = yield* this.classify(latest);
    if (owners === undefined) return false;
    if (owners.solid && owners.dangling.length === 0) return true;
    const call = owners.solid
      ? client.patch(latest, new OwnerRemoval(owners.dangling))
      : client.delete(latest, { id: latest.id, propagationPolicy: 'Background' });
    yield call;
    return call.ok || call.code === 404;
  }

  private *classify(object: ApiObject): Generator<Wait, Owners | undefined, void> {
    const dangling: OwnerReference[] = [];
    for (const reference of object.metadata.ownerReferences) {
      const exists = yield* this.exists(reference, object.metadata.namespace);
      if (exists === undefined) return undefined;
      if (!exists) dangling.push(reference);
    }
    return { solid: dangling.length < object.metadata.ownerReferences.length, dangling };
  }

  /** Whether an owner exists; undefined when the API server could not be asked. Kinds that are not watched do. */
  private *exists(owner: OwnerReference, namespace: string): Generator<Wait, boolean | undefined, void> {
    const kind = this.informerByKind.get(owner.kindId)?.kind;
    if (kind === undefined) return true;
    const key = owner.id * KIND_STRIDE + owner.kindId;
    if (this.absent.has(key)) return false;
    const call = this.parts.client.get(kind, kind.namespaced ? namespace : '', owner.name);
    yield call;
    if (call.ok && call.object!.id === owner.id) return true;
    if (!call.ok && call.code !== 404) return undefined;
    this.absent.add(key);
    return false;
  }
}

function packed(object: ApiObject): number {
  return object.id * KIND_STRIDE + object.kind.id;
}
