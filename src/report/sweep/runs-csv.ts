import type { SweepResult } from '../../experiment/sweep-result.js';
import { csvText } from '../csv.js';
import { runColumns } from './runs-table.js';

/** `runs.csv`: a row a run. */
export function* runsCsv(result: SweepResult): Generator<string, void, void> {
  const columns = runColumns(result);
  yield columns.map(({ name }) => csvText(name)).join(',');
  for (const record of result.records) yield columns.map(({ of }) => csvValue(of(record))).join(',');
}

/** Empty where there is nothing. */
export function csvValue(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? csvText(value) : String(value);
}
