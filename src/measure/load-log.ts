import type { Call } from '../api/call.js';
import type { WatchEvent } from '../api/watch.js';
import { Histogram } from '../stats/histogram.js';

/** One object that a load made: when its answer came, and the deliveries that were faster. */
interface Creation {
  answeredNs: number;
  readonly heardNs: number[];
}

/** What the load generators of a scenario saw. */
export class LoadLog {
  readonly latency: Histogram;
  /** From the answer of a create to the arrival of its watch event at one watcher, seconds; negative if it came first. */
  readonly answerToWatch: number[];
  /** Somebody listens: what is made is kept until it is heard of. */
  listened: boolean;
  private readonly creations: Map<number, Creation>;
  private firstNs: number;
  private lastNs: number;

  constructor() {
    this.latency = new Histogram();
    this.answerToWatch = [];
    this.listened = false;
    this.creations = new Map();
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
    if (!this.listened || call.verb !== 'create' || call.object === undefined) return;
    const creation = this.creations.get(call.object.revision);
    if (creation === undefined) this.creations.set(call.object.revision, { answeredNs: nowNs, heardNs: [] });
    else {
      creation.answeredNs = nowNs;
      for (const heardNs of creation.heardNs) this.answerToWatch.push((heardNs - nowNs) / 1e9);
      creation.heardNs.length = 0;
    }
  }

  heard({ object }: WatchEvent, nowNs: number): void {
    const creation = this.creations.get(object.revision);
    if (creation === undefined) this.creations.set(object.revision, { answeredNs: -1, heardNs: [nowNs] });
    else if (creation.answeredNs < 0) creation.heardNs.push(nowNs);
    else this.answerToWatch.push((nowNs - creation.answeredNs) / 1e9);
  }
}
