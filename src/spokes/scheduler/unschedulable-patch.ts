import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Pod } from '../../api/pod.js';

/** PATCH pods/status after a failed attempt: the condition PodScheduled=False and the nominated node (schedule_one.go updatePod). */
export class UnschedulablePatch implements Patch {
  readonly message: string;
  readonly nominatedNodeName: string;

  constructor(message: string, nominatedNodeName: string) {
    this.message = message;
    this.nominatedNodeName = nominatedNodeName;
  }

  /** Whether there is anything to write. */
  changes(pod: Pod): boolean {
    return pod.status.unschedulable !== this.message || pod.status.nominatedNodeName !== this.nominatedNodeName;
  }

  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    if (!this.changes(pod)) return pod;
    return pod.withStatus(pod.status.with({ unschedulable: this.message, nominatedNodeName: this.nominatedNodeName }));
  }
}
