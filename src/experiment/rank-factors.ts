import type { Axis } from '../scenario/experiment.js';
import { effects, type FactorEffect, trajectories } from './morris.js';
import type { Outcome, Pool } from './outcome.js';
import { replicationSeed } from './replication-seed.js';

export interface RankRequest {
  readonly axes: readonly Axis[];
  readonly figure: string;
  readonly trajectories: number;
  readonly seed: number;
}

export interface RankResult {
  /** The one that matters most first. */
  readonly factors: readonly FactorEffect[];
  readonly runs: number;
  /** Runs without the figure, and why the first of them failed, if it did. */
  readonly missing: number;
  readonly failure: string | undefined;
}

/**
 * Ranks settings by how much they matter to a figure (Morris screening). All runs of a trajectory share a seed, so that
 * a step shows what the setting does and not what chance does.
 */
export async function rankFactors(request: RankRequest, pool: Pool, ran: () => void): Promise<RankResult> {
  const { axes, figure, seed } = request;
  const paths = trajectories(axes, request.trajectories, seed);
  const outcomes = await Promise.all(
    paths.map((points, index) =>
      Promise.all(
        points.map(async ({ levels }): Promise<Outcome> => {
          const settings = levels.flatMap((level, axis) => axes[axis]!.levels[level]!);
          const own = replicationSeed(seed, index + 1);
          const outcome = await pool.run({ key: `${index}-${levels.join('-')}-${own}`, settings, seed: own });
          ran();
          return outcome;
        }),
      ),
    ),
  );
  const values = outcomes.map((some) =>
    some.map((one) => (one.status === 'done' ? (one.figures[figure] ?? undefined) : undefined)),
  );
  const failed = outcomes.flat().find((outcome) => outcome.status === 'failed');
  return {
    factors: effects(axes, paths, values),
    runs: values.flat().length,
    missing: values.flat().filter((value) => value === undefined).length,
    failure: failed?.message,
  };
}
