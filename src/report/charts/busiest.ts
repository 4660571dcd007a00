import type { NamedSeries } from '../../measure/run-result.js';

/** The series with most in them, the rest together as one; `merge` says what all of one sample come to. */
export function busiest(
  all: readonly NamedSeries[],
  shown: number,
  weight: (values: readonly number[]) => number,
): NamedSeries[] {
  const ranked = all
    .map((one) => ({ one, rank: weight(one.values) }))
    .sort((a, b) => b.rank - a.rank || (a.one.name < b.one.name ? -1 : 1))
    .map(({ one }) => one);
  if (ranked.length <= shown + 1) return ranked;
  const rest = ranked.slice(shown);
  const values = rest[0]!.values.map((_, at) => rest.reduce((sum, one) => sum + one.values[at]!, 0));
  return [...ranked.slice(0, shown), { name: `${rest.length} others`, values }];
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function most(values: readonly number[]): number {
  return values.reduce((top, value) => Math.max(top, value), 0);
}
