import { canonicalJson } from '../api/canonical-json.js';
import { type Difference, pairedDifference, welchDifference } from '../stats/difference.js';
import { type Estimate, estimate } from '../stats/estimate.js';
import type { RunRecord } from './run-record.js';
import { figureOf } from './sweep-result.js';
import { shortNames, valueText } from './variants.js';

/** What to compare, and from where on it matters. */
export interface CompareRules {
  readonly figures: readonly string[];
  /** Figures of which more is better; of all others less is. */
  readonly moreIsBetter: ReadonlySet<string>;
  /** Share of the baseline that a change for the worse must exceed to count. */
  readonly threshold: number;
}

/** One figure of one variant, before and after. */
export interface ComparedFigure {
  readonly label: string;
  readonly figure: string;
  readonly baseline: Estimate;
  readonly candidate: Estimate;
  readonly difference: Difference;
  /** `unclear`: the interval of the difference holds zero; `missing`: the candidate has it in fewer of its runs. */
  readonly verdict: 'better' | 'worse' | 'unclear' | 'missing';
  /** Worse by more than the threshold, or missing. */
  readonly regression: boolean;
}

export interface SweepComparison {
  readonly figures: readonly ComparedFigure[];
  /** Variants that only one of the two has. */
  readonly onlyBaseline: readonly string[];
  readonly onlyCandidate: readonly string[];
}

/** Compares two sweeps variant by variant; run by run where both used the same seeds. */
export function compareSweeps(
  baseline: readonly RunRecord[],
  candidate: readonly RunRecord[],
  rules: CompareRules,
): SweepComparison {
  const [before, after] = [byVariant(baseline), byVariant(candidate)];
  const names = shortNames([...new Set([...baseline, ...candidate].flatMap(({ settings }) => Object.keys(settings)))]);
  const label = (records: readonly RunRecord[]): string => labelOf(records[0]!, names);
  const shared = [...before].filter(([key]) => after.has(key));
  return {
    figures: shared.flatMap(([key, own]) =>
      rules.figures.flatMap((figure) => compareFigure(label(own), figure, own, after.get(key)!, rules)),
    ),
    onlyBaseline: [...before].filter(([key]) => !after.has(key)).map(([, records]) => label(records)),
    onlyCandidate: [...after].filter(([key]) => !before.has(key)).map(([, records]) => label(records)),
  };
}

function byVariant(records: readonly RunRecord[]): Map<string, RunRecord[]> {
  const groups = new Map<string, RunRecord[]>();
  for (const record of records) {
    const key = canonicalJson(record.settings);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups;
}

function labelOf({ settings }: RunRecord, names: ReadonlyMap<string, string>): string {
  const parts = Object.entries(settings).map(([path, value]) => `${names.get(path)}=${valueText(value)}`);
  return parts.length === 0 ? 'as written' : parts.join(', ');
}

/** Nothing if the baseline never had the figure. */
function compareFigure(
  label: string,
  figure: string,
  before: readonly RunRecord[],
  after: readonly RunRecord[],
  rules: CompareRules,
): ComparedFigure[] {
  const [a, b] = [bySeed(before, figure), bySeed(after, figure)];
  if (a.size === 0) return [];
  const difference = differenceOf(a, b);
  const missing = b.size / after.length < a.size / before.length;
  const worse = rules.moreIsBetter.has(figure) ? 'less' : 'more';
  const verdict = missing
    ? 'missing'
    : difference.direction === 'unclear'
      ? 'unclear'
      : difference.direction === worse
        ? 'worse'
        : 'better';
  // From a baseline of nothing any step is beyond every share.
  const beyond = Number.isNaN(difference.effect) || Math.abs(difference.effect) > rules.threshold;
  const regression = missing || (verdict === 'worse' && beyond);
  const [baseline, candidate] = [estimate([...a.values()]), estimate([...b.values()])];
  return [{ label, figure, baseline, candidate, difference, verdict, regression }];
}

function bySeed(records: readonly RunRecord[], figure: string): Map<number, number> {
  const values = new Map<number, number>();
  for (const record of records) {
    const value = figureOf(record, figure);
    if (value !== undefined) values.set(record.seed, value);
  }
  return values;
}

/** Paired where all seeds are shared, else as independent samples. */
function differenceOf(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): Difference {
  const paired = a.size === b.size && [...a.keys()].every((seed) => b.has(seed));
  if (!paired) return welchDifference([...a.values()], [...b.values()]);
  const seeds = [...a.keys()];
  return pairedDifference(
    seeds.map((seed) => a.get(seed)!),
    seeds.map((seed) => b.get(seed)!),
  );
}
