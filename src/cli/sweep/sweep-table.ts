import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { FigureResult, SweepResult, VariantResult } from '../../experiment/sweep-result.js';
import { withError } from '../../report/sweep/number-text.js';
import { COMPACT } from '../table-look.js';

/** Rows shown; the others are in variants.csv. */
const ROWS_MAX = 60;

/** A row a variant: each figure with its interval, and with how it differs from the first variant. */
export function sweepTable({ name, question, figures, variants }: SweepResult, color: boolean): string {
  const colors = picocolors.createColors(color);
  const table = new Table({
    chars: COMPACT,
    head: [
      'variant',
      'runs',
      ...figures.map((figure) => `${figure.name}${figure.unit === '' ? '' : ` (${figure.unit})`}`),
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', ...figures.map(() => 'right' as const)],
  });
  for (const variant of variants.slice(0, ROWS_MAX))
    table.push([
      variant.label,
      runsText(variant),
      ...figures.map((figure) => cell(variant.figures[figure.name]!, variant)),
    ]);
  const rest = variants.length > ROWS_MAX ? [`and ${variants.length - ROWS_MAX} more in variants.csv`] : [];
  const head = [colors.bold(name), question].filter((text) => text !== '').join(': ');
  const failures = variants.filter(({ failed }) => failed > 0).map((one) => colors.red(`✗ ${failureText(one)}`));
  return `${[head, table.toString(), ...rest, ...failures].join('\n')}\n`;
}

function runsText({ done, failed }: VariantResult): string {
  return failed === 0 ? String(done) : `${done} + ${failed} failed`;
}

function cell({ mean, halfWidth, values, missing, difference }: FigureResult, { done }: VariantResult): string {
  if (values.length === 0) return '–';
  const effect = difference === undefined || difference.direction === 'unclear' ? '' : ` ${percent(difference.effect)}`;
  return `${withError(mean, halfWidth)}${effect}${missing === 0 ? '' : ` (${values.length} of ${done})`}`;
}

function percent(effect: number): string {
  if (Number.isNaN(effect)) return '';
  return `${effect > 0 ? '+' : '−'}${Math.abs(effect * 100).toFixed(Math.abs(effect) < 0.1 ? 1 : 0)} %`;
}

function failureText({ label, failed, done, failure }: VariantResult): string {
  return `${label}: ${failed} of ${failed + done} runs failed: ${failure}`;
}
