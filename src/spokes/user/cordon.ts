import type { Node } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';

/** `kubectl cordon` and `kubectl uncordon`: whether new pods may come to a node. */
export class Cordon implements Patch {
  private readonly unschedulable: boolean;

  constructor(unschedulable: boolean) {
    this.unschedulable = unschedulable;
  }

  apply(current: ApiObject): ApiObject {
    const { unschedulable } = this;
    const node = current as Node;
    return node.spec.unschedulable === unschedulable ? node : node.withSpec({ ...node.spec, unschedulable });
  }
}
