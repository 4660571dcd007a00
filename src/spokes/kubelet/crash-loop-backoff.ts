/** Parameters of the restart backoff; the kubelet's are 10 s, 300 s and 600 s (kubernetes-facts F). */
export interface CrashLoopParameters {
  readonly initialNs: number;
  readonly maxNs: number;
  /** A container that exits later than this after its last restart starts anew. */
  readonly expireNs: number;
}

export const CRASH_LOOP: CrashLoopParameters = { initialNs: 10e9, maxNs: 300e9, expireNs: 600e9 };

/**
 * When one container may be restarted: the first time at once, then 10 s after its exit, doubling to 300 s
 * (kubelet/kuberuntime doBackOff with client-go util/flowcontrol Backoff).
 */
export class CrashLoopBackoff {
  private readonly parameters: CrashLoopParameters;
  private recordedNs: number;
  private restartedAtNs: number;

  constructor(parameters: CrashLoopParameters = CRASH_LOOP) {
    this.parameters = parameters;
    this.recordedNs = 0;
    this.restartedAtNs = Number.NEGATIVE_INFINITY;
  }

  /** The delay that the next exit has to serve. */
  get backoffNs(): number {
    return this.recordedNs;
  }

  /** The earliest moment to restart the container that ended at `finishedNs`. */
  restartNs(finishedNs: number): number {
    return this.expired(finishedNs) ? finishedNs : finishedNs + this.recordedNs;
  }

  /** The container that ended at `finishedNs` is restarted now. */
  restarted(finishedNs: number, nowNs: number): void {
    const { initialNs, maxNs } = this.parameters;
    this.recordedNs = this.expired(finishedNs) ? initialNs : Math.min(this.recordedNs * 2, maxNs);
    this.restartedAtNs = nowNs;
  }

  private expired(finishedNs: number): boolean {
    return finishedNs - this.restartedAtNs > this.parameters.expireNs;
  }
}
