import { type LeaseRecord, sameRecord } from './lease-record.js';

/**
 * What one candidate of a leader election decides at each try, from the lease it saw last; reading and writing the
 * lease is the caller's (client-go tools/leaderelection tryAcquireOrRenew and release). A lease expires its duration
 * after *this* candidate saw it change, whatever its renew time says.
 *
 * A try is: write what {@link renewal} gives, if it gives anything; where that is nothing or the write fails, read the
 * lease and write what {@link claim} gives. Every write that succeeds is told to {@link written}.
 */
export class LeaderElection {
  readonly identity: string;
  private readonly leaseDurationSeconds: number;
  private observed: LeaseRecord | undefined;
  private observedNs: number;
  /** The lease as last read; a candidate's own writes do not count. */
  private read: LeaseRecord | undefined;

  constructor(identity: string, leaseDurationSeconds: number) {
    this.identity = identity;
    this.leaseDurationSeconds = leaseDurationSeconds;
    this.observed = undefined;
    this.observedNs = Number.NEGATIVE_INFINITY;
    this.read = undefined;
  }

  get leading(): boolean {
    return this.observed !== undefined && this.observed.holder === this.identity;
  }

  /** What a leader whose lease still holds writes without reading first. */
  renewal(nowNs: number): LeaseRecord | undefined {
    const { observed } = this;
    return observed !== undefined && this.leading && this.holds(observed, nowNs)
      ? this.mine(observed, nowNs)
      : undefined;
  }

  /** What to write after reading the lease (`undefined` = there is none yet); nothing while another holds it. */
  claim(lease: LeaseRecord | undefined, nowNs: number): LeaseRecord | undefined {
    if (lease === undefined) return this.mine(undefined, nowNs);
    if (!sameRecord(this.read, lease)) {
      this.read = lease;
      this.observe(lease, nowNs);
    }
    if (this.leading) return this.mine(lease, nowNs);
    if (lease.holder !== '' && this.holds(this.observed!, nowNs)) return undefined;
    return { ...this.mine(undefined, nowNs), transitions: lease.transitions + 1 };
  }

  /** What a leader writes over the lease it just read to give it up. */
  release(lease: LeaseRecord, nowNs: number): LeaseRecord | undefined {
    if (!this.leading) return undefined;
    return { holder: '', leaseDurationSeconds: 1, acquireNs: nowNs, renewNs: nowNs, transitions: lease.transitions };
  }

  /** A write of this candidate has succeeded. */
  written(lease: LeaseRecord, nowNs: number): void {
    this.observe(lease, nowNs);
  }

  private observe(lease: LeaseRecord, nowNs: number): void {
    this.observed = lease;
    this.observedNs = nowNs;
  }

  private holds(observed: LeaseRecord, nowNs: number): boolean {
    return this.observedNs + observed.leaseDurationSeconds * 1e9 > nowNs;
  }

  /** A lease that this candidate holds: renewed from an old one, or taken now. */
  private mine(old: LeaseRecord | undefined, nowNs: number): LeaseRecord {
    return {
      holder: this.identity,
      leaseDurationSeconds: this.leaseDurationSeconds,
      acquireNs: old?.acquireNs ?? nowNs,
      renewNs: nowNs,
      transitions: old?.transitions ?? 0,
    };
  }
}
