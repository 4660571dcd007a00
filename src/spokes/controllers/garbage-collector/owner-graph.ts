import type { ApiObject } from '../../../api/object.js';
import type { Informer } from '../../../client/informer.js';

/** An object by kind and identity, packed into a queue key. */
const KIND_STRIDE = 1024;

export function packed(kindId: number, id: number): number {
  return id * KIND_STRIDE + kindId;
}

/** Owners and dependents as the caches of all collected kinds have them; owners are those that control. */
export class OwnerGraph {
  readonly informers: readonly Informer<ApiObject>[];
  private readonly informerByKind: ReadonlyMap<number, Informer<ApiObject>>;
  /** Once they are, they stay so. */
  private allSynced: boolean;

  constructor(informers: readonly Informer<ApiObject>[]) {
    this.informers = informers;
    this.informerByKind = new Map(informers.map((informer) => [informer.kind.id, informer]));
    this.allSynced = false;
  }

  get synced(): boolean {
    this.allSynced ||= this.informers.every(({ synced }) => synced);
    return this.allSynced;
  }

  /** The informer of a kind that is collected. */
  informerOf(kindId: number): Informer<ApiObject> | undefined {
    return this.informerByKind.get(kindId);
  }

  /** The object of a queue key. */
  get(key: number): ApiObject | undefined {
    return this.informerByKind.get(key % KIND_STRIDE)?.cache.byId(Math.floor(key / KIND_STRIDE));
  }

  *dependentsOf(owner: ApiObject): Generator<ApiObject> {
    for (const { cache } of this.informers) yield* cache.ownedBy(owner.kind.id, owner.id).values();
  }

  /** Dependents that an owner waits for when it is deleted in the foreground. By hand: it is asked whenever one of them has gone. */
  blockersOf(owner: ApiObject): readonly ApiObject[] {
    const blockers: ApiObject[] = [];
    for (const { cache } of this.informers) {
      for (const dependent of cache.ownedBy(owner.kind.id, owner.id).values())
        if (blocks(dependent, owner)) blockers.push(dependent);
    }
    return blockers;
  }
}

function blocks({ metadata: { ownerReferences } }: ApiObject, owner: ApiObject): boolean {
  for (const { kindId, id, blockOwnerDeletion } of ownerReferences)
    if (kindId === owner.kind.id && id === owner.id) return blockOwnerDeletion;
  return false;
}
