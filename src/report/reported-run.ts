import type { RunResult } from '../measure/run-result.js';

/** What a report needs of a run: what a result directory keeps. */
export type ReportedRun = Pick<
  RunResult,
  'summary' | 'question' | 'timeZeroNs' | 'endNs' | 'pods' | 'series' | 'marks' | 'nodeStates' | 'criticalPath'
>;

/** What charts need of a run: a result directory keeps it in tables. */
export type ChartedRun = ReportedRun & Pick<RunResult, 'requests' | 'watch'>;

/** Where a run came from, so that a reader can make it again. */
export interface RunOrigin {
  /** `hubsim run scenarios/web.yaml --seed 7`. */
  readonly command: string;
  readonly version: string;
  /** The scenario as it was written; `''` when it is not known. */
  readonly scenario: string;
  /** Every key and what it came to. */
  readonly configuration: Readonly<Record<string, unknown>>;
}
