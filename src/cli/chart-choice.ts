import { InputError } from '../api/input-error.js';

/** Which charts are drawn: every one, the three that tell most, or none. */
export type ChartChoice = 'all' | 'main' | 'none';

/** `--no-charts` makes it false, and `--charts` alone an empty text, whatever its type. */
export function chartsOf(charts: unknown): ChartChoice {
  if (charts === false || charts === 'none') return 'none';
  if (charts === 'all' || charts === 'main') return charts;
  if (charts === '' || charts === true) return 'main';
  throw new InputError(`--charts ${String(charts)} is not known`, {
    value: String(charts),
    remedy: 'give all, main or none',
  });
}
