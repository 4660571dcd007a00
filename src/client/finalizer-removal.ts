import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';

/** Takes a finalizer from an object: whoever put it there has done what it waits for. */
export class FinalizerRemoval implements Patch {
  private readonly finalizer: string;

  constructor(finalizer: string) {
    this.finalizer = finalizer;
  }

  apply(current: ApiObject): ApiObject {
    const { finalizers } = current.metadata;
    if (!finalizers.includes(this.finalizer)) return current;
    const kept = finalizers.filter((each) => each !== this.finalizer);
    return current.withMetadata(current.metadata.with({ finalizers: kept }));
  }
}
