import type { Setting } from '../scenario/setting.js';

/** A scenario with every file it reads: all that a worker needs, on this machine or another. */
export interface Bundle {
  /** The scenario's file, a key of `files`. */
  readonly file: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** One run to make. */
export interface RunOrder {
  /** What the run is and from what: the same key has the same outcome. */
  readonly key: string;
  readonly settings: readonly Setting[];
  readonly seed: number;
}

/** What came of it. */
export type Outcome = DoneOutcome | FailedOutcome;

export interface DoneOutcome {
  readonly status: 'done';
  readonly fingerprint: string;
  /** `end.reason` of the summary. */
  readonly end: string;
  readonly events: number;
  /** Whether all expectations held. */
  readonly pass: boolean;
  /** Numbers by name; null where nothing was measured. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** Half-widths of the figures that are means of series, by batch means. */
  readonly halfWidths: Readonly<Record<string, number>>;
}

export interface FailedOutcome {
  readonly status: 'failed';
  /** `input`: the scenario cannot be; `limit`, `failure`: the run broke off; `lost`: its worker died, trying again may help. */
  readonly reason: 'input' | 'limit' | 'failure' | 'lost';
  readonly message: string;
}

/** Makes runs. */
export interface Pool {
  /** Runs that are worth having under way at once. */
  readonly width: number;
  run(order: RunOrder): Promise<Outcome>;
  close(): Promise<void>;
}
