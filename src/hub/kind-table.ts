import { ByIdentity } from '../api/by-identity.js';
import type { ApiObject } from '../api/object.js';
import { NameIndex } from './name-index.js';

/** Objects by identity, in the order they came in. */
export type Shelf = Pick<ByIdentity<ApiObject>, 'size' | 'get' | 'set' | 'delete' | 'values'>;

/**
 * All stored objects of one kind, found by identity or by namespace and name. Identities are dense numbers handed
 * out in order of creation and never used again.
 */
export class KindTable {
  private readonly byId: Shelf;
  private readonly byName: NameIndex;
  private nextId: number;
  /** Revision of the newest change that was no chore. */
  workRevision: number;

  constructor(shelf: Shelf = new ByIdentity<ApiObject>()) {
    this.byId = shelf;
    this.byName = new NameIndex(shelf);
    this.nextId = 0;
    this.workRevision = 0;
  }

  get size(): number {
    return this.byId.size;
  }

  takeId(): number {
    return this.nextId++;
  }

  get(namespace: string, name: string): ApiObject | undefined {
    return this.byName.get(namespace, name);
  }

  getById(id: number): ApiObject | undefined {
    return this.byId.get(id);
  }

  /** Objects in order of creation. */
  values(): IterableIterator<ApiObject> {
    return this.byId.values();
  }

  insert(object: ApiObject): void {
    this.byName.add(object);
    this.byId.set(object);
  }

  replace(object: ApiObject): void {
    this.byId.set(object);
  }

  remove(object: ApiObject): void {
    this.byName.delete(object);
    this.byId.delete(object.id);
  }
}
