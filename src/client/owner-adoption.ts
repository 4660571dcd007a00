import { InputError } from '../api/input-error.js';
import { controllerOf, type OwnerReference } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';

/** Makes somebody the controller of an object that has none. */
export class OwnerAdoption implements Patch {
  private readonly owner: OwnerReference;
  private readonly id: number;
  private readonly finalizers: readonly string[];

  /** The orphan is meant, whatever has its name by then; it gets the finalizers as well. */
  constructor({ kind, id, metadata }: ApiObject, orphan: ApiObject, finalizers: readonly string[]) {
    this.owner = { kindId: kind.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
    this.id = orphan.id;
    this.finalizers = finalizers;
  }

  /** Throws InputError for one that has a controller by now, as two are not allowed (ValidateOwnerReferences). */
  apply(current: ApiObject): ApiObject {
    const { metadata, id } = current;
    if (id !== this.id) throw new InputError('is not the object it was', { path: 'metadata.uid' });
    if (controllerOf(metadata) !== undefined)
      throw new InputError('can only have one controller', { path: 'metadata.ownerReferences' });
    const ownerReferences = [...metadata.ownerReferences, this.owner];
    const missing = this.finalizers.filter((finalizer) => !metadata.finalizers.includes(finalizer));
    const finalizers = missing.length === 0 ? metadata.finalizers : [...metadata.finalizers, ...missing];
    return current.withMetadata(metadata.with({ ownerReferences, finalizers }));
  }
}
