import type { ComparedFigure, SweepComparison } from '../../experiment/compare-sweeps.js';
import { plain, withError } from './number-text.js';

/** The columns of a comparison. */
export const COMPARISON_HEAD: readonly string[] = ['variant', 'figure', 'baseline', 'candidate', 'difference', ''];

/** One row, in the order of the head but for the verdict. */
export function comparisonRow({ label, figure, baseline, candidate, difference }: ComparedFigure): string[] {
  return [
    label,
    figure,
    withError(baseline.mean, baseline.halfWidth),
    candidate.count === 0 ? '–' : withError(candidate.mean, candidate.halfWidth),
    candidate.count === 0 ? '–' : changeText(difference),
  ];
}

/** `+1.2 [0.9, 1.5], +12 %`; the interval says how sure it is. */
function changeText({ mean, low, high, effect }: ComparedFigure['difference']): string {
  if (mean === 0 && low === 0 && high === 0) return '0';
  const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${plain(Math.abs(value))}`;
  const interval = Number.isFinite(low) ? ` [${signed(low)}, ${signed(high)}]` : ' (one run each)';
  return `${signed(mean)}${interval}${Number.isNaN(effect) ? '' : `, ${signed(effect * 100)} %`}`;
}

export function verdictText({ verdict, regression, difference }: ComparedFigure): string {
  if (verdict === 'missing') return 'REGRESSION: missing in some runs';
  if (regression) return 'REGRESSION';
  if (verdict === 'unclear')
    return difference.mean === 0 && difference.halfWidth === 0 ? 'equal' : 'no difference shown';
  return verdict;
}

/** For the comment on a pull request, or the summary of a job. */
export function comparisonMarkdown(comparison: SweepComparison, threshold: number): string {
  const cells = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rows = comparison.figures.map((one) =>
    cells([...comparisonRow(one), one.regression ? `**${verdictText(one)}**` : verdictText(one)]),
  );
  return [
    `### ${headline(comparison, threshold)}`,
    '',
    cells(COMPARISON_HEAD),
    cells(['---', '---', '---:', '---:', '---:', '---']),
    ...rows,
    ...notes(comparison).flatMap((note) => ['', note]),
    '',
  ].join('\n');
}

/** The answer in one line. */
export function headline({ figures }: SweepComparison, threshold: number): string {
  const count = (test: (one: ComparedFigure) => boolean): number => figures.filter(test).length;
  const regressions = count(({ regression }) => regression);
  const beyond = `${plain(threshold * 100)} %`;
  const rest = `${count(({ verdict }) => verdict === 'better')} better, ${count(({ verdict, regression }) => verdict === 'worse' && !regression)} worse within ${beyond}, ${count(({ verdict }) => verdict === 'unclear')} without a difference shown`;
  return regressions === 0
    ? `No regression beyond ${beyond}: ${rest}`
    : `${regressions} of ${figures.length} regressed beyond ${beyond}: ${rest}`;
}

/** What could not be compared, and what the intervals are. */
export function notes({ figures, onlyBaseline, onlyCandidate }: SweepComparison): string[] {
  const paired = figures.length > 0 && figures.every(({ difference }) => difference.kind === 'paired');
  const how = paired
    ? 'paired run by run on the same seeds'
    : 'runs of different seeds, compared as independent samples';
  return [
    `Differences with 95 % intervals, ${how}; none is claimed where the interval holds zero.`,
    ...(onlyBaseline.length > 0 ? [`Only in the baseline: ${onlyBaseline.join('; ')}.`] : []),
    ...(onlyCandidate.length > 0 ? [`Only in the candidate: ${onlyCandidate.join('; ')}.`] : []),
  ];
}
