import { EVENT } from '../../api/kind.js';
import type { WatchEvent } from '../../api/watch.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Store } from '../store.js';

/** A lease is used again for so long, at most for this share of the time to live, and for so many writes (etcd3/lease_manager.go). */
const REUSE_MAX_SECONDS = 60;
const REUSE_SHARE = 0.05;
const WRITES_MAX = 1000;
/** An etcd that has no leader revokes nothing, and looks again. */
const RETRY_NS = 1e9;

/** Events that are written with one lease, and go when it runs out unless they have been written again. */
interface EventLease {
  readonly firstRevision: number;
  /** Identities from each first one up to the one behind the last: new Events follow one another. */
  readonly firstIds: number[];
  readonly endIds: number[];
  readonly expiresNs: number;
  writes: number;
}

/** The leases by which Events go after their time to live (`--event-ttl`): deletions of etcd's own, which nobody asked for. */
export class EventLeases {
  private readonly engine: Engine;
  private readonly store: Store;
  private readonly ttlNs: number;
  private readonly leads: () => boolean;
  private readonly expireKind: EventKind;
  /** Those that have not run out, first to last. */
  private readonly leases: EventLease[];

  /** `leads` says whether there is an etcd that can revoke one. */
  constructor(engine: Engine, store: Store, ttlNs: number, leads: () => boolean) {
    this.engine = engine;
    this.store = store;
    this.ttlNs = ttlNs;
    this.leads = leads;
    this.expireKind = engine.register('etcd: lease of events runs out', () => this.expire(), 'timer');
    this.leases = [];
  }

  /** An Event has been written, or has gone. */
  committed({ type, object, committedNs }: WatchEvent): void {
    if (type !== 'DELETED') write(this.leaseFor(object.revision, committedNs), object.id);
  }

  private leaseFor(revision: number, nowNs: number): EventLease {
    const last = this.leases.at(-1);
    const reuseNs = Math.min(REUSE_MAX_SECONDS, Math.floor((REUSE_SHARE * this.ttlNs) / 1e9)) * 1e9;
    if (last !== undefined && nowNs + this.ttlNs < last.expiresNs && last.writes < WRITES_MAX) return last;
    const expiresNs = nowNs + this.ttlNs + reuseNs;
    const lease: EventLease = { firstRevision: revision, firstIds: [], endIds: [], expiresNs, writes: 0 };
    this.leases.push(lease);
    this.engine.scheduleAs(true, this.ttlNs + reuseNs, this.expireKind);
    return lease;
  }

  /** The oldest lease has run out: what has a later one stays. */
  private expire(): void {
    if (!this.leads()) {
      this.engine.schedule(RETRY_NS, this.expireKind);
      return;
    }
    const lease = this.leases.shift()!;
    const endRevision = this.leases[0]?.firstRevision ?? Number.POSITIVE_INFINITY;
    const table = this.store.table(EVENT);
    for (const [range, firstId] of lease.firstIds.entries())
      for (let id = firstId; id < lease.endIds[range]!; id++) {
        const event = table.getById(id);
        if (event !== undefined && event.revision < endRevision) this.store.expire(event);
      }
  }
}

function write(lease: EventLease, id: number): void {
  const last = lease.endIds.length - 1;
  lease.writes++;
  if (last >= 0 && lease.endIds[last] === id) {
    lease.endIds[last] = id + 1;
    return;
  }
  lease.firstIds.push(id);
  lease.endIds.push(id + 1);
}
