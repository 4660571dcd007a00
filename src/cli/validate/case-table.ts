import Table from 'cli-table3';
import picocolors from 'picocolors';
import { COMPACT } from '../table-look.js';
import type { Comparison } from './comparison.js';
import { spread } from './tolerance.js';

/** The figures of one case, measured beside simulated. */
export function caseTable(name: string, comparisons: readonly Comparison[], color: boolean): string {
  const colors = picocolors.createColors(color);
  const table = new Table({
    chars: COMPACT,
    head: ['figure', 'kind', 'measured', 'spread', 'simulated', 'error', ''],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const { figure, simulated, pass } of comparisons)
    table.push([
      figure.path,
      figure.kind,
      digits(figure.median),
      digits(spread(figure.values)),
      simulated === undefined ? '–' : digits(simulated),
      simulated === undefined ? '–' : errorText(simulated, figure.median),
      pass ? colors.green('pass') : colors.red('MISS'),
    ]);
  return `${colors.bold(name)}\n${table.toString()}\n`;
}

/** A figure as the tables show it. */
export function digits(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

/** How far off the simulated value is, of the measured median. */
export function errorText(simulated: number, median: number): string {
  if (median === 0) return digits(simulated);
  const percent = (simulated / median - 1) * 100;
  return `${percent >= 0 ? '+' : ''}${percent.toFixed(1)} %`;
}
