import type { Condition } from '../../experiment/condition.js';
import type { FindResult, Trial } from '../../experiment/find-value.js';
import type { RankResult } from '../../experiment/rank-factors.js';
import { axis, color, options, type SweepChart, translucent } from './chart-look.js';
import { plain, withError } from './number-text.js';

/** What was looked for, in words. */
export interface FindWords {
  readonly path: string;
  readonly find: 'smallest' | 'largest';
  readonly condition: Condition;
  readonly unit: string;
}

export function conditionText({ figure, operator, threshold }: Condition): string {
  return `${figure} ${operator} ${plain(threshold)}`;
}

/** The answer of a search for a value. */
export function findAnswer(
  { path, find, condition, unit }: FindWords,
  { value, beyond, trail, sure }: FindResult,
): string {
  const such = `such that ${conditionText(condition)}`;
  const of = (wanted: number): string => {
    const trial = trail.find((one) => one.value === wanted)!;
    if (trial.missing > 0) return `not every run has ${condition.figure}`;
    return `${condition.figure} is ${withError(trial.mean, trial.halfWidth)}`;
  };
  const runs = trail.reduce((sum, { values }) => sum + values.length, 0);
  const effort = `${trail.length} values and ${runs} runs.`;
  const doubt = sure ? '' : ' Where the interval crosses the threshold after all runs, the mean decided.';
  if (value === undefined)
    return `No ${path} ${such} was found: with ${beyond}${unit} ${of(beyond!)}. ${effort}${doubt}`;
  const edge =
    beyond === undefined
      ? `it is the end of the range, and further on it may hold too`
      : `with ${beyond}${unit} it does not hold: ${of(beyond)}`;
  return `The ${find} ${path} ${such} is ${value}${unit}: ${of(value)}; ${edge}. ${effort}${doubt}`;
}

/** The values tried, in order of size, their means with intervals, and the threshold. */
export function findChart({ path, condition, unit }: FindWords, { trail }: FindResult): SweepChart {
  const sorted = [...trail].filter(({ count }) => count > 0).sort((a, b) => a.value - b.value);
  const points = (of: (trial: Trial) => number): object[] => sorted.map((trial) => ({ x: trial.value, y: of(trial) }));
  const known = (edge: number, mean: number): number => (Number.isFinite(edge) ? edge : mean);
  const [low, high] = [sorted[0]?.value ?? 1, sorted.at(-1)?.value ?? 1];
  const isLog = low > 0 && high / low >= 20;
  const title = `${condition.figure} by ${path}`;
  const edge = { label: '', borderWidth: 0, pointRadius: 0, backgroundColor: translucent(0) };
  return {
    name: 'search',
    title,
    configuration: {
      type: 'line',
      data: {
        datasets: [
          {
            label: condition.figure,
            data: points(({ mean }) => mean),
            borderColor: color(0),
            backgroundColor: color(0),
            borderWidth: 2,
            pointRadius: 4,
          },
          { ...edge, data: points(({ low: from, mean }) => known(from, mean)), fill: false },
          { ...edge, data: points(({ high: to, mean }) => known(to, mean)), fill: '-1' },
          {
            label: conditionText(condition),
            data: [
              { x: low, y: condition.threshold },
              { x: high, y: condition.threshold },
            ],
            borderColor: color(3),
            backgroundColor: color(3),
            borderWidth: 2,
            borderDash: [6, 4],
            pointRadius: 0,
          },
        ],
      },
      options: options(title, true, {
        x: axis(`${path}${unit === '' ? '' : ` (${unit})`}`, {
          type: isLog ? 'logarithmic' : 'linear',
          ...(isLog ? { levels: sorted.map(({ value }) => value) } : {}),
        } as never),
        y: axis(condition.figure, { beginAtZero: true } as never),
      }),
    } as unknown as SweepChart['configuration'],
  };
}

/** A factor that does less than this share of the strongest one is said not to matter. */
const NEGLIGIBLE = 0.05;

/** The answer of a ranking. */
export function rankAnswer(figure: string, { factors, runs, missing, failure }: RankResult): string {
  const name = (index: number): string => factors[index]!.axis.paths.join(' with ');
  const strongest = factors[0]!.size.mean;
  const rest = [
    `${runs} runs.`,
    ...(missing > 0 ? [`${missing} of them have no ${figure}${failure === undefined ? '' : `: ${failure}`}.`] : []),
  ];
  if (!(strongest > 0))
    return [`None of the ${factors.length} settings changes ${figure} within its range.`, ...rest].join(' ');
  const small = factors.filter(({ size }) => !(size.mean >= NEGLIGIBLE * strongest));
  const matters = factors.slice(0, factors.length - small.length).slice(0, 5);
  const texts = matters.map(({ size, mean }, index) => {
    const direction = Math.abs(mean) > size.mean / 2 ? (mean > 0 ? 'upwards' : 'downwards') : 'either way';
    return `${name(index)} (by ${withError(size.mean, size.halfWidth)}, ${direction})`;
  });
  const none =
    small.length === 0
      ? []
      : [
          `Less than ${NEGLIGIBLE * 100} % of the strongest: ${small.map(({ axis: own }) => own.paths.join(' with ')).join(', ')}.`,
        ];
  return [`What changes ${figure} most over its range: ${texts.join(', ')}.`, ...none, ...rest].join(' ');
}

/** Morris' plot: how much each setting matters, and how much that depends on the others. */
export function rankChart(figure: string, { factors }: RankResult): SweepChart {
  const shown = factors.filter(({ size }) => size.count > 0);
  const title = `What matters to ${figure}`;
  return {
    name: 'ranking',
    title,
    configuration: {
      type: 'scatter',
      data: {
        datasets: [
          {
            label: '',
            data: shown.map(({ size, spread }) => ({ x: size.mean, y: spread })),
            backgroundColor: color(0),
            pointRadius: 5,
          },
        ],
      },
      options: options(title, false, {
        x: axis('mean size of its effects (μ*)', { type: 'linear', beginAtZero: true, grace: '20%' } as never),
        y: axis('how they vary (σ)', { type: 'linear', beginAtZero: true, grace: '10%' } as never),
      }),
      notes: {
        texts: shown.map(({ axis: own, size, spread }) => ({
          x: size.mean,
          y: spread,
          text: own.paths[0]!,
          beside: true,
        })),
      },
    } as unknown as SweepChart['configuration'],
  };
}
