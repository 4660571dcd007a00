import { levelNumber } from '../../experiment/level-number.js';
import type { SweepResult, VariantResult } from '../../experiment/sweep-result.js';
import { shortNames, valueText } from '../../experiment/variants.js';

/** What is varied, as a chart and a sentence need it: an axis of the sweep with the levels that occur. */
export interface Factor {
  /** `kubeApiQps`; of paths that go in step the first one's. */
  readonly name: string;
  readonly path: string;
  readonly levels: readonly Level[];
  /** Whether all levels are numbers, or durations, which count in seconds. */
  readonly isNumeric: boolean;
  readonly isDuration: boolean;
}

export interface Level {
  readonly text: string;
  /** NaN for what is no number. */
  readonly number: number;
}

/** The factors with two levels or more: numeric ones first, those with more levels before others. */
export function factorsOf({ axes, paths, variants }: SweepResult): readonly Factor[] {
  const names = shortNames(paths);
  const factors = axes.map(({ paths: [path] }): Factor => {
    const values = [
      ...new Map(variants.map(({ settings }) => [valueText(settings[path!]), settings[path!]])).entries(),
    ];
    const levels = values.map(([text, value]): Level => ({ text, number: levelNumber(value) ?? Number.NaN }));
    const isNumeric = levels.every(({ number }) => !Number.isNaN(number));
    const isDuration = isNumeric && values.some(([, value]) => typeof value === 'string');
    if (isNumeric) levels.sort((a, b) => a.number - b.number);
    return { name: names.get(path!)!, path: path!, levels, isNumeric, isDuration };
  });
  const real = factors.filter(({ levels }) => levels.length > 1);
  return real.sort((a, b) => Number(b.isNumeric) - Number(a.isNumeric) || b.levels.length - a.levels.length);
}

/** The level of a factor that a variant has. */
export function levelOf({ path }: Factor, { settings }: VariantResult): string {
  return valueText(settings[path]);
}

/** Its levels of some factors: `100, 1s`. */
export function levelsOf(factors: readonly Factor[], variant: VariantResult): string {
  return factors.map((factor) => levelOf(factor, variant)).join(', ');
}

/** Variants alike in all but one factor, along its levels. */
export interface Series {
  /** What they have in common: `podStart=1s`; '' when there is nothing else. */
  readonly label: string;
  readonly variants: readonly VariantResult[];
}

/** All variants as series along a factor, in its order. */
export function seriesAlong(factor: Factor, result: SweepResult): readonly Series[] {
  const others = factorsOf(result).filter(({ path }) => path !== factor.path);
  const groups = new Map<string, VariantResult[]>();
  for (const variant of result.variants) {
    const label = others.map((other) => `${other.name}=${levelOf(other, variant)}`).join(', ');
    groups.set(label, [...(groups.get(label) ?? []), variant]);
  }
  const order = factor.levels.map(({ text }) => text);
  const sorted = (variants: VariantResult[]): VariantResult[] =>
    variants.sort((a, b) => order.indexOf(levelOf(factor, a)) - order.indexOf(levelOf(factor, b)));
  return [...groups].map(([label, variants]) => ({ label, variants: sorted(variants) }));
}
