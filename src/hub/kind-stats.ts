import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { ResourceStats } from './flow-control/list-work.js';
import type { ObjectBytes } from './object-bytes.js';
import type { Store } from './store.js';

/** What is known of a kind is at most so old (etcd3/stats.go sizerRefreshInterval; --etcd-count-metric-poll-period). */
const REFRESH_NS = 60e9;
/** The mean weight of a kind is taken from so many of its objects at most. */
const WEIGHED_MAX = 1000;

interface Sample extends ResourceStats {
  readonly takenNs: number;
}

/** How many objects a kind has and how long they are, as the API server knows it: looked up once a minute. */
export class KindStats {
  private readonly clock: { readonly nowNs: number };
  private readonly store: Store;
  private readonly bytes: ObjectBytes;
  private readonly samples: (Sample | undefined)[];

  constructor(clock: { readonly nowNs: number }, store: Store, bytes: ObjectBytes) {
    this.clock = clock;
    this.store = store;
    this.bytes = bytes;
    this.samples = [];
  }

  of(kind: Kind): ResourceStats {
    const known = this.samples[kind.id];
    if (known !== undefined && this.clock.nowNs - known.takenNs < REFRESH_NS) return known;
    const sample = this.take(kind);
    this.samples[kind.id] = sample;
    return sample;
  }

  /** Looks again when it is asked next: what there is has changed by hand. */
  forget(): void {
    this.samples.length = 0;
  }

  /** Mean length of some objects, and so of all that are like them. */
  averageBytesOf(objects: readonly ApiObject[]): number {
    const weighed = Math.min(objects.length, WEIGHED_MAX);
    let bytes = 0;
    for (let i = 0; i < weighed; i++) bytes += this.bytes.of(objects[i]!);
    return weighed === 0 ? 0 : bytes / weighed;
  }

  private take(kind: Kind): Sample {
    const table = this.store.table(kind);
    let weighed = 0;
    let bytes = 0;
    for (const object of table.values()) {
      if (weighed === WEIGHED_MAX) break;
      bytes += this.bytes.of(object);
      weighed++;
    }
    return { objectCount: table.size, averageBytes: weighed === 0 ? 0 : bytes / weighed, takenNs: this.clock.nowNs };
  }
}
