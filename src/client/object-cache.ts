import { ByIdentity } from '../api/by-identity.js';
import { identityKey } from '../api/identity-key.js';
import type { Labels } from '../api/labels.js';
import { controllerOf } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import { LabelledObjects } from './labelled-objects.js';
import { type Owned, OwnedObjects } from './owned-objects.js';

const NONE: ReadonlyMap<number, never> = new Map<number, never>();

/**
 * What a process knows of one kind, by identity, by name, by labels and by controlling owner. Iteration is in order of arrival,
 * so that it is the same in every run. All indexes but the first are built when they are first asked for: most caches never
 * are, and an entry for each of a million pods is not free.
 */
export class ObjectCache<T extends ApiObject> {
  private readonly objects: ByIdentity<T>;
  private idByName: Map<string, Map<string, number>> | undefined;
  private labelled: LabelledObjects | undefined;
  private ownedByOwner: Map<number, OwnedObjects<T>> | undefined;
  private readonly unowned: OwnedObjects<T>;
  private orphansByNamespace: Map<string, Map<number, T>> | undefined;

  constructor() {
    this.objects = new ByIdentity();
    this.idByName = undefined;
    this.labelled = undefined;
    this.ownedByOwner = undefined;
    this.unowned = new OwnedObjects(this.objects);
    this.orphansByNamespace = undefined;
  }

  get size(): number {
    return this.objects.size;
  }

  byId(id: number): T | undefined {
    return this.objects.get(id);
  }

  get(namespace: string, name: string): T | undefined {
    if (this.idByName === undefined) {
      this.idByName = new Map();
      for (const object of this.objects.values()) addName(this.idByName, object);
    }
    const id = this.idByName.get(namespace)?.get(name);
    return id === undefined ? undefined : this.objects.get(id);
  }

  /** The objects of a namespace, or those whose labels are selected, in the order of all. */
  inNamespace(namespace: string, selects: (labels: Labels) => boolean = () => true): readonly T[] {
    if (this.labelled === undefined) {
      this.labelled = new LabelledObjects();
      for (const object of this.objects.values()) this.labelled.add(object);
    }
    return this.inOrder(this.labelled.selected(namespace, selects).map((id) => this.objects.get(id)!));
  }

  values(): IterableIterator<T> {
    return this.objects.values();
  }

  /** Some of its objects, in the order of all. */
  inOrder(some: readonly T[]): readonly T[] {
    return this.objects.inOrder(some);
  }

  /** What it has and a list does not, of those that the list was made of. */
  missingFrom(list: readonly T[], among: Iterable<T> = this.objects.values()): T[] {
    const listed = new Set<number>();
    for (const { id } of list) listed.add(id);
    const missing: T[] = [];
    for (const object of among) if (!listed.has(object.id)) missing.push(object);
    return missing;
  }

  /** The objects whose controller is the one of this kind and identity. */
  ownedBy(ownerKindId: number, ownerId: number): Owned<T> {
    if (this.ownedByOwner === undefined) {
      this.ownedByOwner = new Map();
      for (const object of this.objects.values()) this.addOwned(this.ownedByOwner, object);
    }
    return this.ownedByOwner.get(identityKey(ownerKindId, ownerId)) ?? this.unowned;
  }

  /** The objects of a namespace that nobody controls. */
  orphans(namespace: string): ReadonlyMap<number, T> {
    if (this.orphansByNamespace === undefined) {
      this.orphansByNamespace = new Map();
      for (const object of this.objects.values()) putOrphan(this.orphansByNamespace, object);
    }
    return this.orphansByNamespace.size === 0 ? NONE : (this.orphansByNamespace.get(namespace) ?? NONE);
  }

  put(object: T, previous: T | undefined): void {
    this.objects.set(object);
    if (previous === undefined && this.idByName !== undefined) addName(this.idByName, object);
    if (this.labelled !== undefined && previous?.metadata.labels !== object.metadata.labels) {
      if (previous !== undefined) this.labelled.remove(previous);
      this.labelled.add(object);
    }
    const isKept = previous?.metadata.ownerReferences === object.metadata.ownerReferences;
    // Whoever keeps a controller was no orphan, as hardly any pod ever is.
    if (this.orphansByNamespace !== undefined && !(isKept && controllerOf(object.metadata) !== undefined))
      putOrphan(this.orphansByNamespace, object);
    if (this.ownedByOwner === undefined || isKept) return;
    if (previous !== undefined) removeOwned(this.ownedByOwner, previous);
    this.addOwned(this.ownedByOwner, object);
  }

  remove(object: T): void {
    const last = this.objects.get(object.id);
    this.objects.delete(object.id);
    const { namespace, name } = object.metadata;
    const names = this.idByName?.get(namespace);
    // A successor of the same name may be there already.
    if (names?.get(name) === object.id) names.delete(name);
    this.orphansByNamespace?.get(namespace)?.delete(object.id);
    if (last === undefined) return;
    this.labelled?.remove(last);
    if (this.ownedByOwner !== undefined) removeOwned(this.ownedByOwner, last);
  }

  private addOwned(index: Map<number, OwnedObjects<T>>, { id, metadata }: T): void {
    const owner = controllerOf(metadata);
    if (owner === undefined) return;
    const key = identityKey(owner.kindId, owner.id);
    let owned = index.get(key);
    if (owned === undefined) {
      owned = new OwnedObjects(this.objects);
      index.set(key, owned);
    }
    owned.add(id);
  }
}

function addName(idByName: Map<string, Map<string, number>>, object: ApiObject): void {
  const { namespace, name } = object.metadata;
  let names = idByName.get(namespace);
  if (names === undefined) {
    names = new Map();
    idByName.set(namespace, names);
  }
  names.set(name, object.id);
}

/** Takes in an orphan, and out what has found a controller. */
function putOrphan<T extends ApiObject>(index: Map<string, Map<number, T>>, object: T): void {
  const { namespace } = object.metadata;
  const orphans = index.get(namespace);
  if (controllerOf(object.metadata) !== undefined) orphans?.delete(object.id);
  else if (orphans === undefined) index.set(namespace, new Map([[object.id, object]]));
  else orphans.set(object.id, object);
}

function removeOwned<T extends ApiObject>(index: Map<number, OwnedObjects<T>>, object: T): void {
  const owner = controllerOf(object.metadata);
  if (owner === undefined) return;
  const key = identityKey(owner.kindId, owner.id);
  const owned = index.get(key);
  owned?.delete(object.id);
  if (owned?.size === 0) index.delete(key);
}
