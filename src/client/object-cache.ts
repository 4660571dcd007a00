import { controllerOf } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';

const NONE: ReadonlyMap<number, never> = new Map<number, never>();

/**
 * What a process knows of one kind, by identity, by name and by controlling owner. Iteration is in order of arrival,
 * so that it is the same in every run.
 */
export class ObjectCache<T extends ApiObject> {
  private readonly objects: Map<number, T>;
  private readonly idByName: Map<string, Map<string, number>>;
  private readonly ownedByOwner: Map<number, Map<number, T>>;

  constructor() {
    this.objects = new Map();
    this.idByName = new Map();
    this.ownedByOwner = new Map();
  }

  get size(): number {
    return this.objects.size;
  }

  byId(id: number): T | undefined {
    return this.objects.get(id);
  }

  get(namespace: string, name: string): T | undefined {
    const id = this.idByName.get(namespace)?.get(name);
    return id === undefined ? undefined : this.objects.get(id);
  }

  values(): IterableIterator<T> {
    return this.objects.values();
  }

  /** The objects whose controller is the one of this kind and identity. */
  ownedBy(ownerKindId: number, ownerId: number): ReadonlyMap<number, T> {
    return this.ownedByOwner.get(ownerKey(ownerKindId, ownerId)) ?? NONE;
  }

  put(object: T, previous: T | undefined): void {
    this.objects.set(object.id, object);
    if (previous === undefined) this.name(object);
    this.own(object, previous);
  }

  remove(object: T): void {
    this.objects.delete(object.id);
    const { namespace, name } = object.metadata;
    const names = this.idByName.get(namespace);
    // A successor of the same name may be there already.
    if (names?.get(name) === object.id) names.delete(name);
    const owner = controllerOf(object.metadata);
    if (owner !== undefined) this.disown(ownerKey(owner.kindId, owner.id), object.id);
  }

  private name(object: T): void {
    const { namespace, name } = object.metadata;
    let names = this.idByName.get(namespace);
    if (names === undefined) {
      names = new Map();
      this.idByName.set(namespace, names);
    }
    names.set(name, object.id);
  }

  private own(object: T, previous: T | undefined): void {
    const owner = controllerOf(object.metadata);
    if (previous !== undefined && previous.metadata.ownerReferences !== object.metadata.ownerReferences) {
      const former = controllerOf(previous.metadata);
      if (former !== undefined) this.disown(ownerKey(former.kindId, former.id), object.id);
    }
    if (owner === undefined) return;
    const key = ownerKey(owner.kindId, owner.id);
    let owned = this.ownedByOwner.get(key);
    if (owned === undefined) {
      owned = new Map();
      this.ownedByOwner.set(key, owned);
    }
    owned.set(object.id, object);
  }

  private disown(key: number, id: number): void {
    const owned = this.ownedByOwner.get(key);
    if (owned === undefined) return;
    owned.delete(id);
    if (owned.size === 0) this.ownedByOwner.delete(key);
  }
}

/** Identities are dense within a kind; with it they make one number. */
function ownerKey(kindId: number, id: number): number {
  return kindId * 2 ** 40 + id;
}
