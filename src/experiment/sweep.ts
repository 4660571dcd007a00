import type { Axis, Figure, StopRule } from '../scenario/experiment.js';
import type { Bundle } from './outcome.js';
import type { Variant } from './variants.js';

/** An experiment, read and checked, ready to be run. */
export interface Sweep {
  readonly name: string;
  readonly question: string;
  readonly bundle: Bundle;
  readonly variants: readonly SweepVariant[];
  /** What is varied, in order. */
  readonly axes: readonly Axis[];
  /** Of the first replication. */
  readonly seed: number;
  /** Runs of each variant; with `until` the most there may be. */
  readonly replications: number;
  readonly until: StopRule | undefined;
  /** What is looked at, the most important one first; never empty. */
  readonly figures: readonly Figure[];
  readonly identity: SweepIdentity;
  readonly warnings: readonly string[];
}

export interface SweepVariant extends Variant {
  /** See `RunRecord.content`. */
  readonly content: string;
}

/** What results must have in common to be put together. */
export interface SweepIdentity {
  /** Version and hash of the program. */
  readonly program: string;
  /** SHA-256 of the scenario without what is varied and how often. */
  readonly scenario: string;
  /** SHA-256 of every other file, by its path from the scenario's folder. */
  readonly files: Readonly<Record<string, string>>;
}
