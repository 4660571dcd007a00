import type { OwnerReference } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';

/** Takes owners out of an object, and with them finalizers. */
export class OwnerRemoval implements Patch {
  private readonly removed: readonly Pick<OwnerReference, 'kindId' | 'id'>[];
  private readonly finalizers: readonly string[];

  constructor(removed: readonly Pick<OwnerReference, 'kindId' | 'id'>[], finalizers: readonly string[] = []) {
    this.removed = removed;
    this.finalizers = finalizers;
  }

  apply(current: ApiObject): ApiObject {
    const { metadata } = current;
    const ownerReferences = metadata.ownerReferences.filter(
      (each) => !this.removed.some(({ id, kindId }) => each.id === id && each.kindId === kindId),
    );
    if (ownerReferences.length === metadata.ownerReferences.length) return current;
    const held = metadata.finalizers.filter((finalizer) => !this.finalizers.includes(finalizer));
    const finalizers = held.length === metadata.finalizers.length ? metadata.finalizers : held;
    return current.withMetadata(metadata.with({ ownerReferences, finalizers }));
  }
}
