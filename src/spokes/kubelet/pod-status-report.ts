import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import { type Pod, type PodPhase, PodStatus } from '../../api/pod.js';

/** The status of a pod as its kubelet has it. */
export interface ReportedStatus {
  readonly phase: PodPhase;
  readonly ready: boolean;
  readonly restarts: number;
  readonly exitCode: number;
  /** Why it was ended, `''` if it was not. */
  readonly reason: string;
  /** What holds its containers up. */
  readonly waiting: string;
  /** When the kubelet took it. */
  readonly takenNs: number;
}

/** Conditions with their times, and a status of a container or two, as JSON. */
export const POD_STATUS_JSON = 1000;

/** A kubelet's report of a pod's whole status, as of a moment. */
export class PodStatusReport implements Patch {
  private readonly status: ReportedStatus;
  private readonly nowNs: number;

  constructor(status: ReportedStatus, nowNs: number) {
    this.status = status;
    this.nowNs = nowNs;
  }

  get bytes(): number {
    return POD_STATUS_JSON;
  }

  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    const { phase, ready, restarts, exitCode, reason, waiting, takenNs } = this.status;
    const { status } = pod;
    const { readySinceNs, startTimeNs } = status;
    return pod.withStatus(
      new PodStatus(
        phase,
        ready,
        status.ready === ready ? readySinceNs : this.nowNs,
        // The clock of its node may have been set.
        startTimeNs >= 0 ? startTimeNs : Math.min(takenNs, this.nowNs),
        restarts,
        status.nominatedNodeName,
        '',
        reason === '' ? status.reason : reason,
        exitCode,
        waiting,
      ),
    );
  }
}
