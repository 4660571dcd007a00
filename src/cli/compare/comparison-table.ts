import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { ComparedFigure, SweepComparison } from '../../experiment/compare-sweeps.js';
import { COMPARISON_HEAD, comparisonRow, headline, notes, verdictText } from '../../report/sweep/comparison-text.js';
import { COMPACT } from '../table-look.js';

/** Two sweeps side by side. */
export function comparisonTable(comparison: SweepComparison, threshold: number, color: boolean): string {
  const colors = picocolors.createColors(color);
  const painted = (one: ComparedFigure): string => {
    const paint = one.regression ? colors.red : one.verdict === 'better' ? colors.green : String;
    return paint(verdictText(one));
  };
  const table = new Table({
    chars: COMPACT,
    head: [...COMPARISON_HEAD],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'left'],
  });
  for (const one of comparison.figures) table.push([...comparisonRow(one), painted(one)]);
  return `${[table.toString(), headline(comparison, threshold), ...notes(comparison)].join('\n')}\n`;
}
