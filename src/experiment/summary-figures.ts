import type { Summary } from '../measure/summary.js';

/** Keys of the summary that are no figures: numbers of the run itself, and lists. */
const SKIPPED = new Set(['seed', 'expectations', 'workloads', 'byRequest', 'byClient', 'findings']);

/** Numbers are kept to the nanosecond, as in `summary.json`. */
const DECIMALS = 1e9;

/** Every number of a summary by its path, `convergence.seconds`, in the order of the summary; null where nothing was measured. */
export function summaryFigures(summary: Summary): Record<string, number | null> {
  const figures: Record<string, number | null> = {};
  collect(summary as unknown as Record<string, unknown>, '', figures);
  return figures;
}

function collect(
  value: Readonly<Record<string, unknown>>,
  prefix: string,
  figures: Record<string, number | null>,
): void {
  for (const [key, inner] of Object.entries(value)) {
    if (SKIPPED.has(key)) continue;
    if (typeof inner === 'number') figures[prefix + key] = rounded(inner);
    else if (inner === null) figures[prefix + key] = null;
    else if (typeof inner === 'object' && !Array.isArray(inner))
      collect(inner as Record<string, unknown>, `${prefix}${key}.`, figures);
  }
}

/** Sums of floats must not end in the noise of their order. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * DECIMALS) / DECIMALS;
}
