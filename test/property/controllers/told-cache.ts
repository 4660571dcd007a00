import type { ApiObject } from '../../../src/api/object.js';
import type { Informer } from '../../../src/client/informer.js';
import type { InformerHandler } from '../../../src/client/informer-handler.js';
import { ObjectCache } from '../../../src/client/object-cache.js';

/** A cache that is told what there is, in place of an informer that watches. */
export class ToldCache<T extends ApiObject> {
  readonly cache: ObjectCache<T>;
  private readonly handlers: InformerHandler<T>[];

  constructor() {
    this.cache = new ObjectCache();
    this.handlers = [];
  }

  get informer(): Informer<T> {
    return this as unknown as Informer<T>;
  }

  addHandler(handler: InformerHandler<T>): void {
    this.handlers.push(handler);
  }

  put(object: T): void {
    const previous = this.cache.byId(object.id);
    this.cache.put(object, previous);
    for (const handler of this.handlers) {
      if (previous === undefined) handler.added(object);
      else handler.updated(previous, object);
    }
  }

  remove(object: T): void {
    const last = this.cache.byId(object.id);
    this.cache.remove(object);
    for (const handler of this.handlers) handler.deleted(object, last);
  }
}
