import type { Lease } from '../../../api/node.js';
import type { InformerHandler } from '../../../client/informer-handler.js';
import { grown } from './column.js';

/**
 * When each lease was last renewed, as the cache of leases has it, by identity: a pass asks for all of them, and every lease that
 * it had to look into would cost three cache misses.
 */
export class LeaseTimes implements InformerHandler<Lease> {
  /** NaN where there is none. */
  private renewNs: Float64Array;

  constructor() {
    this.renewNs = new Float64Array(0);
  }

  /** NaN for a lease that the cache does not have. */
  of(id: number): number {
    return id >= 0 && id < this.renewNs.length ? this.renewNs[id]! : Number.NaN;
  }

  added(lease: Lease): void {
    if (lease.id >= this.renewNs.length) this.renewNs = grown(this.renewNs, lease.id, Number.NaN);
    this.renewNs[lease.id] = lease.spec.renewTimeNs;
  }

  updated(_: Lease, lease: Lease): void {
    this.renewNs[lease.id] = lease.spec.renewTimeNs;
  }

  deleted({ id }: Lease): void {
    this.renewNs[id] = Number.NaN;
  }
}
