import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Wait } from '../../../client/task.js';

/** How often the collector looks at all pods (gc_controller.go gcCheckPeriod). */
const CHECK_PERIOD_NS = 20e9;

/** Time until it looks next. */
export function untilCheckNs(nowNs: number): number {
  return CHECK_PERIOD_NS - (nowNs % CHECK_PERIOD_NS);
}

class Failed implements Patch {
  private readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }

  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    const { status } = pod;
    return pod.withStatus(status.with({ phase: 'Failed', ready: false, reason: this.reason || status.reason }));
  }
}

/** Marks a pod as failed unless it has ended, and deletes it without asking its kubelet (markFailedAndDeletePod). */
export function* forceDelete(client: ApiClient, pod: Pod, reason = ''): Generator<Wait, void, void> {
  const { phase } = pod.status;
  if (phase !== 'Succeeded' && phase !== 'Failed') {
    const mark = client.patch(pod, new Failed(reason), 'status');
    yield mark;
    if (!mark.ok) return;
  }
  yield client.delete(pod, { gracePeriodSeconds: 0 });
}
