import type { ByIdentity } from '../api/by-identity.js';
import type { ApiObject } from '../api/object.js';

/** What others see of them. */
export type Owned<T extends ApiObject> = Pick<OwnedObjects<T>, 'size' | 'has' | 'keys' | 'values'>;

/** The objects of a cache that have one owner: by identity, so that a new version of one changes nothing here. */
export class OwnedObjects<T extends ApiObject> {
  private readonly objects: ByIdentity<T>;
  private readonly ids: Set<number>;

  constructor(objects: ByIdentity<T>) {
    this.objects = objects;
    this.ids = new Set();
  }

  get size(): number {
    return this.ids.size;
  }

  has(id: number): boolean {
    return this.ids.has(id);
  }

  /** Their identities, in the order in which they came to their owner. */
  keys(): IterableIterator<number> {
    return this.ids.keys();
  }

  /** Their newest versions, in the same order: a list of its own. */
  values(): T[] {
    const versions: T[] = [];
    for (const id of this.ids) versions.push(this.objects.get(id)!);
    return versions;
  }

  add(id: number): void {
    this.ids.add(id);
  }

  delete(id: number): void {
    this.ids.delete(id);
  }
}
