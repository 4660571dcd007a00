import Table from 'cli-table3';
import picocolors from 'picocolors';
import { readable, trim } from '../../report/charts/time-unit.js';
import type { RunComparison, RunFigure } from '../../report/run-comparison.js';
import { COMPACT } from '../table-look.js';

/** Keys of the configuration that are shown; `--json` has all. */
const KEYS_SHOWN = 40;

/** Two or more runs side by side, each with how it differs from the first. */
export function runComparisonTable(comparison: RunComparison, color: boolean): string {
  const { runs, figures, configuration, sameFingerprint } = comparison;
  const colors = picocolors.createColors(color);
  const paint = { better: colors.green, worse: colors.red, same: String, other: String };
  const table = new Table({ chars: COMPACT, head: ['figure', ...runs], style: { head: [], border: [] } });
  for (const figure of figures)
    table.push([figure.path, ...runs.map((_, at) => paint[figure.verdicts[at]!](cellText(figure, at)))]);
  const keys = new Table({ chars: COMPACT, head: ['configuration', ...runs], style: { head: [], border: [] } });
  for (const { key, values } of configuration.slice(0, KEYS_SHOWN)) keys.push([key, ...values.map(valueText)]);
  const rest = configuration.length - KEYS_SHOWN;
  const more = rest > 0 ? [`and ${rest} more keys differ`] : [];
  const same = sameFingerprint ? 'The fingerprints are equal: it is the same run.' : 'The fingerprints differ.';
  const settings = configuration.length === 0 ? ['The configuration is the same.'] : [keys.toString(), ...more];
  return `${[table.toString(), ...settings, same].join('\n')}\n`;
}

function cellText({ values, verdicts, unit }: RunFigure, at: number): string {
  const [first, value] = [values[0], values[at]];
  if (value === null || value === undefined) return 'none';
  const text = unit === 's' ? readable(value) : trim(value);
  const verdict = verdicts[at]!;
  if (at === 0 || verdict === 'same') return text;
  const change = first === null || first === undefined || first === 0 ? '' : `${signed((value / first - 1) * 100)} %`;
  return [text, change, verdict === 'other' ? '' : verdict].filter((part) => part !== '').join(', ');
}

function signed(percent: number): string {
  return `${percent > 0 ? '+' : '−'}${trim(Math.abs(percent))}`;
}

function valueText(value: unknown): string {
  if (value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
