import { DurationGrid } from './duration-grid.js';
import type { NamedSeries, RunSeries } from './run-result.js';
import { type Merge, SampleColumn } from './sample-column.js';

/** The first interval; it doubles whenever there are too many samples: their counts and histograms merge exactly. */
const FIRST_INTERVAL_NS = 10e6;
const SAMPLES_MAX = 640;

/** What is looked at when a sample ends. */
export interface Gauges {
  /** Busy processor seconds so far, by program. */
  busySeconds(): ReadonlyMap<string, number>;
  /** What waits in the queues of each program. */
  queues(): Iterable<readonly { readonly name: string; readonly length: number }[]>;
  /** Each with the priority levels of its flow control. */
  readonly apiServers: readonly { readonly levels: readonly LevelGauge[] }[];
}

interface LevelGauge {
  readonly name: string;
  readonly queues: { readonly requestsWaiting: number; readonly seatsInUse: number };
}

/** What is measured sample by sample. */
export type SampledSeries = Omit<RunSeries, 'durations' | 'requestDurations' | 'workQueues' | 'scheduler'>;

interface Counter {
  readonly name: string;
  readonly column: SampleColumn;
  count: number;
}

/**
 * How busy everything was over time, in at most 640 samples, about a column of pixels each of equal length. A sample ends when the first thing
 * happens after its time: no event is made for it, so a run is the same with and without.
 */
export class SeriesLog {
  readonly latency: DurationGrid;
  readonly lag: DurationGrid;
  readonly commit: DurationGrid;
  private readonly startNs: number;
  private readonly gauges: Gauges;
  private intervalNs: number;
  /** When the sample under way ends. */
  private edgeNs: number;
  private samples: number;
  private readonly requests: Map<string, Counter>;
  private readonly heard: Map<string, Counter>;
  private readonly waiting: Map<string, SampleColumn>;
  private readonly seats: Map<string, SampleColumn>;
  private readonly queued: Map<string, SampleColumn>;
  private readonly cpu: Map<string, SampleColumn>;
  private busyBefore: ReadonlyMap<string, number>;

  constructor(startNs: number, gauges: Gauges) {
    this.startNs = startNs;
    this.gauges = gauges;
    this.intervalNs = FIRST_INTERVAL_NS;
    this.edgeNs = startNs + FIRST_INTERVAL_NS;
    this.samples = 0;
    this.latency = new DurationGrid();
    this.lag = new DurationGrid();
    this.commit = new DurationGrid();
    this.requests = new Map();
    this.heard = new Map();
    this.waiting = new Map();
    this.seats = new Map();
    this.queued = new Map();
    this.cpu = new Map();
    this.busyBefore = gauges.busySeconds();
  }

  answered(client: string, latencyNs: number, nowNs: number): void {
    if (nowNs >= this.edgeNs) this.advance(nowNs);
    this.counter(this.requests, client).count++;
    this.latency.record(latencyNs);
  }

  delivered(receiver: string, lagNs: number, nowNs: number): void {
    if (nowNs >= this.edgeNs) this.advance(nowNs);
    this.counter(this.heard, receiver).count++;
    this.lag.record(lagNs);
  }

  committed(latencyNs: number, nowNs: number): void {
    if (nowNs >= this.edgeNs) this.advance(nowNs);
    this.commit.record(latencyNs);
  }

  /** All samples, the last of them cut short by the end. */
  close(nowNs: number): SampledSeries {
    this.advance(nowNs);
    if (nowNs > this.edgeNs - this.intervalNs) this.endSample();
    const rates = (counters: ReadonlyMap<string, Counter>): NamedSeries[] =>
      named([...counters.values()].map(({ name, column }) => [name, column]));
    return {
      intervalNs: this.intervalNs,
      samples: this.samples,
      requests: rates(this.requests),
      watchEvents: rates(this.heard),
      latency: this.latency.series(this.samples),
      watchLag: this.lag.series(this.samples),
      watchLagHeat: this.lag.heat(this.samples),
      commit: this.commit.series(this.samples),
      waiting: named(this.waiting),
      seats: named(this.seats),
      queues: named(this.queued),
      busySeconds: named(this.cpu),
    };
  }

  private advance(nowNs: number): void {
    while (nowNs >= this.startNs + SAMPLES_MAX * this.intervalNs) this.widen();
    while (nowNs >= this.edgeNs) {
      this.endSample();
      this.edgeNs = this.startNs + (this.samples + 1) * this.intervalNs;
    }
  }

  private endSample(): void {
    for (const counters of [this.requests, this.heard])
      for (const counter of counters.values()) {
        counter.column.push(counter.count);
        counter.count = 0;
      }
    for (const { levels } of this.gauges.apiServers)
      for (const { name, queues } of levels) {
        this.column(this.waiting, name, 'most').push(queues.requestsWaiting);
        this.column(this.seats, name, 'most').push(queues.seatsInUse);
      }
    this.sampleQueues();
    const busy = this.gauges.busySeconds();
    for (const [name, seconds] of busy)
      this.column(this.cpu, name, 'sum').push(seconds - (this.busyBefore.get(name) ?? 0));
    this.busyBefore = busy;
    this.samples++;
    // A server that is down has no levels to look at, a program that is dead no queues.
    for (const columns of [this.waiting, this.seats, this.queued])
      for (const column of columns.values()) if (column.values.length < this.samples) column.push(0);
    for (const grid of [this.latency, this.lag, this.commit]) grid.moveTo(this.samples);
  }

  /** Queues of one name count as one: those of several replicas. */
  private sampleQueues(): void {
    const lengths = new Map<string, number>();
    for (const queues of this.gauges.queues())
      for (const { name, length } of queues) lengths.set(name, (lengths.get(name) ?? 0) + length);
    for (const [name, length] of lengths) this.column(this.queued, name, 'most').push(length);
  }

  private widen(): void {
    for (const counters of [this.requests, this.heard]) for (const { column } of counters.values()) column.halve();
    for (const columns of [this.waiting, this.seats, this.queued, this.cpu])
      for (const column of columns.values()) column.halve();
    for (const grid of [this.latency, this.lag, this.commit]) grid.halve();
    this.samples = Math.floor(this.samples / 2);
    this.intervalNs *= 2;
    this.edgeNs = this.startNs + (this.samples + 1) * this.intervalNs;
  }

  private counter(counters: Map<string, Counter>, name: string): Counter {
    let counter = counters.get(name);
    if (counter === undefined) {
      counter = { name, column: new SampleColumn('sum', this.samples), count: 0 };
      counters.set(name, counter);
    }
    return counter;
  }

  private column(columns: Map<string, SampleColumn>, name: string, merge: Merge): SampleColumn {
    let column = columns.get(name);
    if (column === undefined) {
      column = new SampleColumn(merge, this.samples);
      columns.set(name, column);
    }
    return column;
  }
}

/** By name; what never happened is left out. */
function named(columns: Iterable<readonly [string, SampleColumn]>): NamedSeries[] {
  return [...columns]
    .map(([name, { values }]): NamedSeries => ({ name, values }))
    .filter(({ values }) => values.some((value) => value !== 0))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
