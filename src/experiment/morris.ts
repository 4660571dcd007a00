import { Streams } from '../random/streams.js';
import type { Axis } from '../scenario/experiment.js';
import { type Estimate, estimate, meanOf, variance } from '../stats/estimate.js';

/** A point of a trajectory: the level of each factor, and which factor has moved to get here (-1 for the first). */
export interface Point {
  readonly levels: readonly number[];
  readonly moved: number;
  /** How far, as a signed share of all its levels. */
  readonly step: number;
}

/** What one factor does to a figure. */
export interface FactorEffect {
  readonly axis: Axis;
  /** Mean size of its effects over its whole range (Campolongo's μ*), with its interval: how much it matters. */
  readonly size: Estimate;
  /** Mean effect with its sign (μ): which way. */
  readonly mean: number;
  /** Standard deviation of the effects (σ): how much it depends on the others, or is not straight. */
  readonly spread: number;
}

/**
 * Trajectories through the levels of all factors (Morris 1991): each starts at random and moves one factor after the
 * other, in random order, by half of its levels; so every factor is moved once from a different place each time.
 */
export function trajectories(axes: readonly Axis[], count: number, seed: number): readonly (readonly Point[])[] {
  const stream = new Streams(seed).stream('morris');
  return Array.from({ length: count }, () => {
    let levels = axes.map((axis) => stream.below(axis.levels.length));
    const points: Point[] = [{ levels, moved: -1, step: 0 }];
    const order = axes.map((_, index) => index);
    for (let last = order.length - 1; last > 0; last--) {
      const other = stream.below(last + 1);
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    for (const moved of order) {
      const size = axes[moved]!.levels.length;
      const half = Math.floor(size / 2);
      const from = levels[moved]!;
      const to = from + half < size ? from + half : from - half;
      levels = levels.map((level, index) => (index === moved ? to : level));
      points.push({ levels, moved, step: (to - from) / (size - 1) });
    }
    return points;
  });
}

/** The effects of all factors, the one that matters most first; `values` are the figure's at the points, undefined where missing. */
export function effects(
  axes: readonly Axis[],
  paths: readonly (readonly Point[])[],
  values: readonly (readonly (number | undefined)[])[],
): readonly FactorEffect[] {
  const found = axes.map((): number[] => []);
  for (const [index, points] of paths.entries())
    for (let at = 1; at < points.length; at++) {
      const [before, after] = [values[index]![at - 1], values[index]![at]];
      const { moved, step } = points[at]!;
      if (before !== undefined && after !== undefined) found[moved]!.push((after - before) / step);
    }
  const described = axes.map((axis, index): FactorEffect => {
    const own = found[index]!;
    const mean = meanOf(own);
    const spread = own.length < 2 ? 0 : Math.sqrt(variance(own, mean));
    return { axis, size: estimate(own.map(Math.abs)), mean, spread };
  });
  return described.sort((a, b) => (b.size.mean || 0) - (a.size.mean || 0));
}
