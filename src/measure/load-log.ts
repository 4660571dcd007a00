import type { Call } from '../api/call.js';
import type { WatchEvent } from '../api/watch.js';
import { Histogram } from '../stats/histogram.js';

/** One object that a load made: when its answer came, and the deliveries that were faster. */
interface Creation {
  answeredNs: number;
  readonly heardNs: number[];
}

/** So many creations at least are kept for watchers that hear of them later. */
const REMEMBERED = 65_536;

/** What the load generators of a scenario saw. */
export class LoadLog {
  readonly latency: Histogram;
  /** From the answer of a create to the arrival of its watch event at one watcher, seconds; negative if it came first. */
  readonly answerToWatch: number[];
  /** By revision. */
  private creations: Map<number, Creation>;
  private before: ReadonlyMap<number, Creation>;
  private firstNs: number;
  private lastNs: number;

  constructor() {
    this.latency = new Histogram();
    this.answerToWatch = [];
    this.creations = new Map();
    this.before = this.creations;
    this.firstNs = Number.POSITIVE_INFINITY;
    this.lastNs = 0;
  }

  /** Answers a second from the first request to the last answer; `null` when there was none. */
  get rate(): number | null {
    return this.lastNs > this.firstNs ? this.latency.count / ((this.lastNs - this.firstNs) / 1e9) : null;
  }

  answered(call: Call, nowNs: number): void {
    this.firstNs = Math.min(this.firstNs, call.issuedNs);
    this.lastNs = nowNs;
    this.latency.record(nowNs - call.issuedNs);
    if (call.verb !== 'create' || call.object === undefined) return;
    const creation = this.creationOf(call.object.revision);
    if (creation === undefined) this.remember(call.object.revision, { answeredNs: nowNs, heardNs: [] });
    else {
      creation.answeredNs = nowNs;
      for (const heardNs of creation.heardNs) this.answerToWatch.push((heardNs - nowNs) / 1e9);
      creation.heardNs.length = 0;
    }
  }

  heard({ object }: WatchEvent, nowNs: number): void {
    const creation = this.creationOf(object.revision);
    if (creation === undefined) this.remember(object.revision, { answeredNs: -1, heardNs: [nowNs] });
    else if (creation.answeredNs < 0) creation.heardNs.push(nowNs);
    else this.answerToWatch.push((nowNs - creation.answeredNs) / 1e9);
  }

  private creationOf(revision: number): Creation | undefined {
    return this.creations.get(revision) ?? this.before.get(revision);
  }

  private remember(revision: number, creation: Creation): void {
    if (this.creations.size === REMEMBERED) {
      this.before = this.creations;
      this.creations = new Map();
    }
    this.creations.set(revision, creation);
  }
}
