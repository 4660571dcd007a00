import type { OwnerReference } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';

/** Takes owners out of an object. */
export class OwnerRemoval implements Patch {
  private readonly removed: readonly Pick<OwnerReference, 'kindId' | 'id'>[];

  constructor(removed: readonly Pick<OwnerReference, 'kindId' | 'id'>[]) {
    this.removed = removed;
  }

  apply(current: ApiObject): ApiObject {
    const { metadata } = current;
    const ownerReferences = metadata.ownerReferences.filter(
      (each) => !this.removed.some(({ id, kindId }) => each.id === id && each.kindId === kindId),
    );
    if (ownerReferences.length === metadata.ownerReferences.length) return current;
    return current.withMetadata(metadata.with({ ownerReferences }));
  }
}
