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
    const bound = pod.withSpec(new PodSpec(pod.spec.shape, this.nodeName));
    const { unschedulable, nominatedNodeName } = pod.status;
    if (unschedulable === '' && nominatedNodeName === '') return bound;
    // Binding sets PodScheduled=True and, since 1.35, clears the nomination (registry/core/pod/storage assignPod).
    return bound.withStatus(pod.status.with({ unschedulable: '', nominatedNodeName: '' }));
  }
}
