import type { Kind } from '../api/kind.js';
import type { WatchEvent } from '../api/watch.js';
import { Histogram } from '../stats/histogram.js';

/** Who else hears of every delivery, before it is counted. */
export interface DeliveryTaker {
  watchDelivered(event: WatchEvent, nowNs: number): void;
}

/**
 * What one program received of one kind since a moment, and how stale its cache of it was: a cache is as stale as the
 * oldest change that is committed and not in it. Between two deliveries that grows with time, so that its mean, its most
 * and the time during which it was not 0 follow from the deliveries alone.
 */
export class ReceiverLog {
  readonly program: string;
  readonly kind: Kind;
  /** Whether it keeps what it hears. */
  readonly cache: boolean;
  events: number;
  relists: number;
  lag: Histogram;
  staleNsMax: number;
  /** How long it was stale at all. */
  staleForNs: number;
  /** Staleness over time, seconds times seconds. */
  staleIntegral: number;
  private readonly taker: DeliveryTaker;
  /** Up to when staleness has been summed up; Infinity before the start. */
  private sinceNs: number;

  constructor(program: string, kind: Kind, cache: boolean, taker: DeliveryTaker, sinceNs: number) {
    this.program = program;
    this.kind = kind;
    this.cache = cache;
    this.events = 0;
    this.relists = 0;
    this.lag = new Histogram();
    this.staleNsMax = 0;
    this.staleForNs = 0;
    this.staleIntegral = 0;
    this.taker = taker;
    this.sinceNs = sinceNs;
  }

  /** Counts from now on. */
  begin(nowNs: number): void {
    this.sinceNs = nowNs;
  }

  delivered(event: WatchEvent, nowNs: number): void {
    if (this.sinceNs === Number.POSITIVE_INFINITY) return;
    this.taker.watchDelivered(event, nowNs);
    this.events++;
    this.lag.record(nowNs - event.committedNs);
    if (this.cache) this.wasStale(event.committedNs, nowNs);
  }

  listed(staleNs: number, nowNs: number): void {
    if (this.sinceNs === Number.POSITIVE_INFINITY) return;
    this.relists++;
    this.wasStale(nowNs - staleNs, nowNs);
  }

  /** A change of that moment has come only now. */
  private wasStale(committedNs: number, nowNs: number): void {
    const fromNs = Math.max(committedNs, this.sinceNs);
    if (fromNs >= nowNs) return;
    const before = (fromNs - committedNs) / 1e9;
    const after = (nowNs - committedNs) / 1e9;
    this.staleNsMax = Math.max(this.staleNsMax, nowNs - committedNs);
    this.staleForNs += nowNs - fromNs;
    this.staleIntegral += (after * after - before * before) / 2;
    this.sinceNs = nowNs;
  }
}
