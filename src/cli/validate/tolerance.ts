import type { Figure, FigureKind } from './measured.js';

/** The simulated value passes within the largest of these and the spread of the repetitions. */
const TOLERANCES: Readonly<
  Record<Exclude<FigureKind, 'phase'>, { readonly share: number; readonly absolute: number }>
> = {
  rate: { share: 0.03, absolute: 0.15 },
  cpu: { share: 0.15, absolute: 0 },
  latency: { share: 0.3, absolute: 0.005 },
  count: { share: 0.03, absolute: 5 },
};

/** Smallest and largest simulated value that passes. */
export function bounds(figure: Figure): readonly [number, number] {
  if (figure.kind === 'phase' && figure.range !== undefined) return figure.range;
  const { share, absolute } = TOLERANCES[figure.kind === 'phase' ? 'rate' : figure.kind];
  const tolerance = Math.max(share * Math.abs(figure.median), spread(figure.values), absolute);
  return [figure.median - tolerance, figure.median + tolerance];
}

/** Largest minus smallest of the repetitions. */
export function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** Whether the simulated value passes; one that was never measured does not. */
export function passes(figure: Figure, simulated: number | undefined): boolean {
  if (simulated === undefined) return false;
  const [low, high] = bounds(figure);
  return simulated >= low && simulated <= high;
}
