import { newColumn, roomFor, widened } from '../../api/columns.js';

/** Parameters of the restart backoff; the kubelet's are 10 s, 300 s and 600 s (kubernetes-facts F). */
export interface CrashLoopParameters {
  readonly initialNs: number;
  readonly maxNs: number;
  /** A container that exits later than this after its last restart starts anew. */
  readonly expireNs: number;
}

export const CRASH_LOOP: CrashLoopParameters = { initialNs: 10e9, maxNs: 300e9, expireNs: 600e9 };

/**
 * When containers, by row, may be restarted: the first time at once, then 10 s after the exit, doubling to 300 s
 * (kubelet/kuberuntime doBackOff with client-go util/flowcontrol Backoff). Image pulls back off by the same rules.
 */
export class CrashLoopBackoff {
  private readonly parameters: CrashLoopParameters;
  /** Of the rows up to the last that ever backed off: none of a cluster where nothing fails. */
  private recordedNs: Float64Array;
  private updatedNs: Float64Array;

  constructor(parameters: CrashLoopParameters = CRASH_LOOP) {
    this.parameters = parameters;
    this.recordedNs = newColumn(Float64Array, 0);
    this.updatedNs = newColumn(Float64Array, 0);
  }

  /** A row begins without a past. */
  clear(row: number): void {
    if (row < this.recordedNs.length) this.recordedNs[row] = 0;
  }

  /** The delay that the next exit has to serve. */
  backoffNs(row: number): number {
    return row < this.recordedNs.length ? this.recordedNs[row]! : 0;
  }

  /** The earliest moment to restart what ended at `finishedNs`. */
  restartNs(row: number, finishedNs: number): number {
    return this.expired(row, finishedNs) ? finishedNs : finishedNs + this.backoffNs(row);
  }

  /** The earliest moment to try again what failed when it was last recorded; 0 if it never did. */
  retryNs(row: number): number {
    const backoffNs = this.backoffNs(row);
    return backoffNs === 0 ? 0 : this.updatedNs[row]! + backoffNs;
  }

  /** What ended at `finishedNs` is restarted, or has failed again, now. */
  record(row: number, finishedNs: number, nowNs: number): void {
    const { initialNs, maxNs } = this.parameters;
    if (row >= this.recordedNs.length) this.grow(roomFor(row + 1, this.recordedNs.length));
    this.recordedNs[row] = this.expired(row, finishedNs) ? initialNs : Math.min(this.recordedNs[row]! * 2, maxNs);
    this.updatedNs[row] = nowNs;
  }

  private grow(rows: number): void {
    this.recordedNs = widened(this.recordedNs, rows);
    this.updatedNs = widened(this.updatedNs, rows);
  }

  private expired(row: number, finishedNs: number): boolean {
    return this.backoffNs(row) === 0 || finishedNs - this.updatedNs[row]! > this.parameters.expireNs;
  }
}
