import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';

/** `kubectl apply` of a manifest to an object that exists: its labels, annotations and spec become the manifest's. */
export class Replacement implements Patch {
  private readonly wanted: ApiObject;

  constructor(wanted: ApiObject) {
    this.wanted = wanted;
  }

  apply(current: ApiObject): ApiObject {
    const { labels, annotations } = this.wanted.metadata;
    const metadata = current.metadata.with({ labels, annotations });
    return current.withMetadata(metadata).withSpec(this.wanted.spec);
  }
}
