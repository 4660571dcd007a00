import type { WatchEvent } from '../api/watch.js';

/** Events kept at most. */
const ENTRIES_MAX = 200_000;

/** What an Event object tells of. */
export interface Involved {
  readonly kind: string;
  readonly name: string;
}

/** An Event object that was stored. Engine times, ns. */
export interface EventEntry {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly involved: Involved;
  readonly firstNs: number;
  lastNs: number;
  count: number;
}

/** Fields of an Event, of either API group. */
interface EventFields {
  readonly type: string;
  readonly reason: string;
  readonly message?: string;
  readonly note?: string;
  readonly count?: number;
  readonly involvedObject?: Involved;
  readonly regarding?: Involved;
}

const NOTHING: Involved = { kind: 'Unknown', name: '' };

/** The Events that were written since time zero, in order, up to a bound. */
export class EventLog {
  readonly entries: EventEntry[];
  /** Events that found no room. */
  dropped: number;
  private readonly byName: Map<string, EventEntry>;

  constructor() {
    this.entries = [];
    this.dropped = 0;
    this.byName = new Map();
  }

  /** A version of an Event was committed. */
  committed({ type: change, object, committedNs }: WatchEvent): void {
    if (change === 'DELETED') return;
    const { namespace, name } = object.metadata;
    const fields = object.extra as unknown as EventFields;
    const known = this.byName.get(`${namespace}/${name}`);
    if (known !== undefined) {
      known.lastNs = committedNs;
      known.count = fields.count ?? known.count + 1;
      return;
    }
    if (this.entries.length === ENTRIES_MAX) {
      this.dropped++;
      return;
    }
    const { type, reason, message, note = '', count = 1, involvedObject, regarding = NOTHING } = fields;
    const entry: EventEntry = {
      namespace,
      name,
      type,
      reason,
      message: message ?? note,
      involved: involvedObject ?? regarding,
      firstNs: committedNs,
      lastNs: committedNs,
      count,
    };
    this.entries.push(entry);
    this.byName.set(`${namespace}/${name}`, entry);
  }
}
