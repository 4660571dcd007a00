import type { OwnerReference } from '../../../api/meta.js';
import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';

/** Takes owners that no longer exist out of an object that has others. */
export class OwnerRemoval implements Patch {
  private readonly removed: readonly OwnerReference[];

  constructor(removed: readonly OwnerReference[]) {
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
