import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import { type Pod, PodSpec } from '../api/pod.js';

/** Body of POST pods/binding: the node a pod is to run on. */
export class Binding implements Patch {
  readonly nodeName: string;

  constructor(nodeName: string) {
    this.nodeName = nodeName;
  }

  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    return pod.withSpec(new PodSpec(pod.spec.shape, this.nodeName));
  }
}
