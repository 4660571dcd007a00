import type { Call } from '../api/call.js';
import type { WatchEvent } from '../api/watch.js';
import { Histogram } from '../stats/histogram.js';
import { SignedHistogram } from '../stats/signed-histogram.js';

/** Revisions further back than this are forgotten: whoever hears of them so late is not counted. A power of 2. */
const REMEMBERED = 65_536;

/** What the load generators of a scenario saw. */
export class LoadLog {
  readonly latency: Histogram;
  /** From the answer of a create to the arrival of its watch event at one watcher, nanoseconds; negative if it came first. */
  readonly answerToWatch: SignedHistogram;
  /** The latest creates by revision, modulo their number, and when they were answered. */
  private revisions: Float64Array;
  private answeredNs: Float64Array;
  /** By revision, when watchers heard of what is not answered yet; and those that were awaited before. */
  private awaited: Map<number, number[]>;
  private awaitedBefore: Map<number, number[]>;
  private firstNs: number;
  private lastNs: number;

  constructor() {
    this.latency = new Histogram();
    this.answerToWatch = new SignedHistogram();
    this.revisions = new Float64Array(0);
    this.answeredNs = new Float64Array(0);
    this.awaited = new Map();
    this.awaitedBefore = this.awaited;
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
    const { revision } = call.object;
    if (this.revisions.length === 0) this.open();
    const row = revision % REMEMBERED;
    this.revisions[row] = revision;
    this.answeredNs[row] = nowNs;
    for (const heardNs of this.heardOf(revision) ?? []) this.answerToWatch.record(heardNs - nowNs);
    this.awaited.delete(revision);
    this.awaitedBefore.delete(revision);
  }

  heard({ object: { revision } }: WatchEvent, nowNs: number): void {
    const row = revision % REMEMBERED;
    if (this.revisions[row] === revision) this.answerToWatch.record(nowNs - this.answeredNs[row]!);
    else this.await(revision, nowNs);
  }

  /** Makes room for creates: most runs have no load, and a megabyte is much to a run of milliseconds. */
  private open(): void {
    this.revisions = new Float64Array(REMEMBERED);
    this.answeredNs = new Float64Array(REMEMBERED);
  }

  private await(revision: number, nowNs: number): void {
    const known = this.heardOf(revision);
    if (known !== undefined) {
      known.push(nowNs);
      return;
    }
    // What nobody is answered, such as what others made, goes when as much again has come.
    if (this.awaited.size === REMEMBERED) {
      this.awaitedBefore = this.awaited;
      this.awaited = new Map();
    }
    this.awaited.set(revision, [nowNs]);
  }

  private heardOf(revision: number): number[] | undefined {
    return this.awaited.get(revision) ?? this.awaitedBefore.get(revision);
  }
}
