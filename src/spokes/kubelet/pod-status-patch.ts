import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import { type Pod, type PodPhase, PodStatus } from '../../api/pod.js';
import { POD_STATUS_JSON } from './pod-status-report.js';

/** What a kubelet reports of a pod: its phase and readiness as of a moment. */
export class PodStatusPatch implements Patch {
  private readonly phase: PodPhase;
  private readonly ready: boolean;
  private readonly startTimeNs: number;
  private readonly nowNs: number;
  private readonly exitCode: number;

  constructor(phase: PodPhase, ready: boolean, startTimeNs: number, nowNs: number, exitCode = -1) {
    this.phase = phase;
    this.ready = ready;
    this.startTimeNs = startTimeNs;
    this.nowNs = nowNs;
    this.exitCode = exitCode;
  }

  get bytes(): number {
    return POD_STATUS_JSON;
  }

  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    const { status } = pod;
    const { phase, ready, exitCode } = this;
    const startTimeNs = status.startTimeNs >= 0 ? status.startTimeNs : this.startTimeNs;
    if (status.phase === phase && status.ready === ready && status.startTimeNs === startTimeNs) return pod;
    const readySinceNs = status.ready === ready ? status.readySinceNs : this.nowNs;
    const { restarts, nominatedNodeName, reason, waiting } = status;
    return pod.withStatus(
      new PodStatus(
        phase,
        ready,
        readySinceNs,
        startTimeNs,
        restarts,
        nominatedNodeName,
        '',
        reason,
        exitCode,
        waiting,
      ),
    );
  }
}
