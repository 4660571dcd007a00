import { DurationGrid } from './duration-grid.js';
import type { RunSeries } from './run-result.js';
import { SampledSums } from './sampled-sums.js';

/** The first interval; it doubles whenever there are too many samples: their counts and histograms merge exactly. */
const FIRST_INTERVAL_NS = 10e6;
const SAMPLES_MAX = 640;

/** What is looked at when a sample ends. */
export interface Gauges {
  /** Tells the busy processor seconds so far of each program, machine by machine. */
  tellBusy(take: (program: string, seconds: number) => void): void;
  /** What waits in the queues of each program. */
  queues(): Iterable<readonly { readonly name: string; readonly length: number }[]>;
  /** Each with the priority levels of its flow control. */
  readonly apiServers: readonly { readonly levels: readonly LevelGauge[] }[];
}

/** What is counted all the time, by name: how much there has been so far. */
export interface Totals {
  /** Answered requests of each client. */
  tellAnswered(take: (client: string, total: number) => void): void;
  /** Changes that each receiver of watches has heard of. */
  tellHeard(take: (receiver: string, total: number) => void): void;
}

interface LevelGauge {
  readonly name: string;
  readonly queues: { readonly requestsWaiting: number; readonly seatsInUse: number };
}

/** What is measured sample by sample. */
export type SampledSeries = Omit<RunSeries, 'durations' | 'requestDurations' | 'workQueues' | 'scheduler'>;

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
  private readonly totals: Totals;
  private intervalNs: number;
  /** When the sample under way ends. */
  private edgeNs: number;
  private samples: number;
  private readonly requests: SampledSums;
  private readonly heard: SampledSums;
  private readonly waiting: SampledSums;
  private readonly seats: SampledSums;
  private readonly queued: SampledSums;
  private readonly cpu: SampledSums;
  /** All of these. */
  private readonly sums: readonly SampledSums[];
  private readonly takeBusy: (program: string, seconds: number) => void;
  private readonly takeAnswered: (client: string, total: number) => void;
  private readonly takeHeard: (receiver: string, total: number) => void;

  /** `totals` must not grow before {@link answered} or {@link delivered} is told what they grow by. */
  constructor(startNs: number, gauges: Gauges, totals: Totals) {
    this.startNs = startNs;
    this.gauges = gauges;
    this.totals = totals;
    this.intervalNs = FIRST_INTERVAL_NS;
    this.edgeNs = startNs + FIRST_INTERVAL_NS;
    this.samples = 0;
    this.latency = new DurationGrid();
    this.lag = new DurationGrid();
    this.commit = new DurationGrid();
    this.requests = new SampledSums('sum', true);
    this.heard = new SampledSums('sum', true);
    this.waiting = new SampledSums('most');
    this.seats = new SampledSums('most');
    this.queued = new SampledSums('most');
    this.cpu = new SampledSums('sum', true);
    this.takeBusy = (program, seconds) => this.cpu.add(program, seconds);
    this.takeAnswered = (client, total) => this.requests.add(client, total);
    this.takeHeard = (receiver, total) => this.heard.add(receiver, total);
    this.sums = [this.requests, this.heard, this.waiting, this.seats, this.queued, this.cpu];
    gauges.tellBusy(this.takeBusy);
    this.cpu.begin();
  }

  answered(latencyNs: number, nowNs: number): void {
    if (nowNs >= this.edgeNs) this.advance(nowNs);
    this.latency.record(latencyNs);
  }

  delivered(lagNs: number, nowNs: number): void {
    if (nowNs >= this.edgeNs) this.advance(nowNs);
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
    return {
      intervalNs: this.intervalNs,
      samples: this.samples,
      requests: this.requests.series(),
      watchEvents: this.heard.series(),
      latency: this.latency.series(this.samples),
      watchLag: this.lag.series(this.samples),
      watchLagHeat: this.lag.heat(this.samples),
      commit: this.commit.series(this.samples),
      waiting: this.waiting.series(),
      seats: this.seats.series(),
      queues: this.queued.series(),
      busySeconds: this.cpu.series(),
    };
  }

  private advance(nowNs: number): void {
    while (nowNs >= this.startNs + SAMPLES_MAX * this.intervalNs) this.widen();
    while (nowNs >= this.edgeNs) {
      this.endSample();
      this.edgeNs = this.startNs + (this.samples + 1) * this.intervalNs;
    }
  }

  /** Levels of one name count as one, those of several servers; so do queues of one name, those of several replicas. */
  private endSample(): void {
    const { gauges } = this;
    for (const { levels } of gauges.apiServers)
      for (const { name, queues } of levels) {
        this.waiting.add(name, queues.requestsWaiting);
        this.seats.add(name, queues.seatsInUse);
      }
    for (const queues of gauges.queues()) for (const { name, length } of queues) this.queued.add(name, length);
    gauges.tellBusy(this.takeBusy);
    this.totals.tellAnswered(this.takeAnswered);
    this.totals.tellHeard(this.takeHeard);
    for (const sums of this.sums) sums.endSample();
    this.samples++;
    for (const grid of [this.latency, this.lag, this.commit]) grid.moveTo(this.samples);
  }

  private widen(): void {
    for (const sums of this.sums) sums.halve();
    for (const grid of [this.latency, this.lag, this.commit]) grid.halve();
    this.samples = Math.floor(this.samples / 2);
    this.intervalNs *= 2;
    this.edgeNs = this.startNs + (this.samples + 1) * this.intervalNs;
  }
}
