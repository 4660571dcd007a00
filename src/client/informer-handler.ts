import type { ApiObject } from '../api/object.js';

/** Who is told what an informer's cache has just learnt. */
export interface InformerHandler<T extends ApiObject> {
  added(object: T): void;
  updated(previous: T, object: T): void;
  /** `object` is the last version there was, `last` the last one that the cache had. */
  deleted(object: T, last: T | undefined): void;
}
