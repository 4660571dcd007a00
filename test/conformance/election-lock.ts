import type { LeaderElection } from '../../src/client/leader-election.js';
import type { LeaseRecord } from '../../src/client/lease-record.js';

/** The lease that candidates of one election share, on an API that answers at once or not at all. */
export class ElectionLock {
  reachable: boolean;
  private lease: LeaseRecord | undefined;
  private revision: number;
  /** The revision each candidate knows: a write over another one is a conflict. */
  private readonly known: Map<LeaderElection, number>;

  constructor() {
    this.reachable = true;
    this.lease = undefined;
    this.revision = 0;
    this.known = new Map();
  }

  /** What the vectors show of the lease. */
  get shown(): { holder: string; leaseDurationSeconds: number; transitions: number } {
    const { holder = '', leaseDurationSeconds = 0, transitions = 0 } = this.lease ?? {};
    return { holder, leaseDurationSeconds, transitions };
  }

  /** One try to acquire or renew; true if the candidate leads now. */
  tryOnce(candidate: LeaderElection, nowNs: number): boolean {
    const renewal = candidate.renewal(nowNs);
    if (renewal !== undefined && this.write(candidate, renewal, nowNs)) return true;
    if (!this.read(candidate)) return false;
    const claim = candidate.claim(this.lease, nowNs);
    return claim !== undefined && this.write(candidate, claim, nowNs);
  }

  /** Gives the lease up if the candidate leads; true if nothing went wrong. */
  release(candidate: LeaderElection, nowNs: number): boolean {
    if (!this.read(candidate) || this.lease === undefined) return false;
    const released = candidate.release(this.lease, nowNs);
    return released === undefined || this.write(candidate, released, nowNs);
  }

  private read(candidate: LeaderElection): boolean {
    if (this.reachable) this.known.set(candidate, this.revision);
    return this.reachable;
  }

  private write(candidate: LeaderElection, lease: LeaseRecord, nowNs: number): boolean {
    if (!this.reachable || this.known.get(candidate) !== this.revision) return false;
    this.lease = lease;
    this.revision++;
    this.known.set(candidate, this.revision);
    candidate.written(lease, nowNs);
    return true;
  }
}
