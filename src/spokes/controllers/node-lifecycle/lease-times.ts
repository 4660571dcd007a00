import { newColumn, roomFor, widened } from '../../../api/columns.js';
import type { Lease } from '../../../api/node.js';
import type { InformerHandler } from '../../../client/informer-handler.js';

/**
 * When each lease was last renewed, as the cache of leases has it, by identity: a pass asks for all of them, and every lease that
 * it had to look into would cost three cache misses.
 */
export class LeaseTimes implements InformerHandler<Lease> {
  /** NaN where there is none. */
  private renewNs: Float64Array;

  constructor() {
    this.renewNs = newColumn(Float64Array, 0);
  }

  /** NaN for a lease that the cache does not have. */
  of(id: number): number {
    return id >= 0 && id < this.renewNs.length ? this.renewNs[id]! : Number.NaN;
  }

  added(lease: Lease): void {
    const { length } = this.renewNs;
    if (lease.id >= length) this.renewNs = widened(this.renewNs, roomFor(lease.id + 1, length), Number.NaN);
    this.renewNs[lease.id] = lease.spec.renewTimeNs;
  }

  updated(_: Lease, lease: Lease): void {
    this.renewNs[lease.id] = lease.spec.renewTimeNs;
  }

  deleted({ id }: Lease): void {
    this.renewNs[id] = Number.NaN;
  }
}
