import type { Outcome } from './outcome.js';

/** A line of `runs.ndjson`: one run of a sweep. */
export type RunRecord = RunIdentity & Outcome;

export interface RunIdentity {
  readonly schema: typeof RUN_SCHEMA;
  /** Replication by replication, variant by variant within each, from 1. */
  readonly run: number;
  /** From 1, in the order of the sweep. */
  readonly variant: number;
  /** From 1. */
  readonly replication: number;
  readonly seed: number;
  /** SHA-256 over the scenario as varied, all files it names and the program: runs of other ones are never mixed in. */
  readonly content: string;
  /** By path. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const RUN_SCHEMA = 'hubsim/sweep-run/v1';

/** What names a run for good. */
export function runKey(content: string, seed: number): string {
  return `${content}-${seed}`;
}

/** What came of a recorded run, without what it was. */
export function outcomeOf(record: RunRecord): Outcome {
  const { schema: _1, run: _2, variant: _3, replication: _4, seed: _5, content: _6, settings: _7, ...outcome } = record;
  return outcome as Outcome;
}
