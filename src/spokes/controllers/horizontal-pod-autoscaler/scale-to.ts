import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';

/** Sets how many replicas a workload is to have, through its scale subresource. */
export class ScaleTo implements Patch {
  private readonly replicas: number;

  constructor(replicas: number) {
    this.replicas = replicas;
  }

  apply(current: ApiObject): ApiObject {
    const spec = current.spec as { readonly replicas: number };
    return spec.replicas === this.replicas ? current : current.withSpec({ ...spec, replicas: this.replicas });
  }
}
