import type { ApiObject } from '../api/object.js';
import type { InformerHandler } from './informer-handler.js';

/** Keeps a count of what a cache has: of versions that are not alike the old one is taken back. */
export function countingHandler<T extends ApiObject>(
  isAlike: (a: T, b: T) => boolean,
  count: (object: T, sign: 1 | -1) => void,
): InformerHandler<T> {
  return {
    added: (object) => count(object, 1),
    updated: (previous, object) => {
      if (isAlike(previous, object)) return;
      count(previous, -1);
      count(object, 1);
    },
    deleted: (_, last) => last && count(last, -1),
  };
}
