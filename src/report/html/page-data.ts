import type { CriticalPath } from '../../measure/critical-path.js';
import type { NamedSeries } from '../../measure/run-result.js';
import type { Summary } from '../../measure/summary.js';

/** What the scripts of `report.html` draw from. Times in seconds since time zero. */
export interface PageData {
  readonly summary: Summary;
  readonly length: number;
  readonly marks: readonly PageMark[];
  readonly counts: PageCounts;
  readonly series: PageSeries;
  readonly criticalPath: CriticalPath | undefined;
  readonly nodes: PageNodes;
  readonly pods: PagePods;
}

export interface PageMark {
  readonly at: number;
  /** -1: it has no end. */
  readonly end: number;
  readonly text: string;
  readonly fault: boolean;
}

/** Pods in each state at evenly spaced moments, the first of them time zero. */
export interface PageCounts {
  readonly step: number;
  readonly created: readonly number[];
  readonly bound: readonly number[];
  readonly running: readonly number[];
  readonly gone: readonly number[];
}

export interface PageDurations {
  readonly p50: readonly number[];
  readonly p90: readonly number[];
  readonly p99: readonly number[];
  readonly max: readonly number[];
}

/** Samples of `step` seconds. Rates are per second, durations seconds, processors in cores. */
export interface PageSeries {
  readonly step: number;
  readonly requests: readonly NamedSeries[];
  readonly watchEvents: readonly NamedSeries[];
  readonly latency: PageDurations;
  readonly watchLag: PageDurations;
  readonly commitRate: readonly number[];
  readonly commit: PageDurations;
  readonly waiting: readonly NamedSeries[];
  readonly seats: readonly NamedSeries[];
  readonly cores: readonly NamedSeries[];
}

export interface PageNodes {
  readonly names: readonly string[];
  /** How nodes were at time zero unless ready, and how that changed: time, node, state. */
  readonly changes: readonly (readonly [number, number, string])[];
}

/** Rows of pods, packed (see `packPods`). */
export interface PagePods {
  /** Rows here; a very large run shows every so manieth. */
  readonly count: number;
  readonly total: number;
  /** Length of a tick, in which times are given, seconds. */
  readonly tick: number;
  /** Namespace and controller, as `shop ReplicaSet/web`. */
  readonly owners: readonly string[];
  /** Names, a line each; one that begins with its controller's name has `~` in its place. */
  readonly names: string;
  /** Base64 of variable-length numbers, seven bits a byte, lowest first. */
  readonly packed: string;
}
