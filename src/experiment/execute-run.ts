import { evaluate } from '@marcbachmann/cel-js';
import { InputError } from '../api/input-error.js';
import type { RunResult } from '../measure/run-result.js';
import type { Figure } from '../scenario/experiment.js';
import { simulate } from '../scenario/simulate.js';
import type { DoneOutcome, Outcome, RunOrder } from './outcome.js';
import type { ScenarioShelf } from './scenario-shelf.js';
import { seriesFigure } from './series-figure.js';
import { rounded, summaryFigures } from './summary-figures.js';

/** Makes one run. Never throws: what goes wrong is an outcome too, and the same one every time. */
export function executeRun(shelf: ScenarioShelf, { settings, seed }: RunOrder): Outcome {
  try {
    const scenario = shelf.get(settings, seed);
    const result = simulate(scenario, { figuresOnly: true });
    const { end } = result.summary;
    if (end.reason === 'limit')
      return { status: 'failed', reason: 'limit', message: end.findings[0] ?? 'a limit was hit' };
    return done(result, scenario.experiment.figures);
  } catch (error) {
    if (error instanceof InputError) return { status: 'failed', reason: 'input', message: error.format() };
    return { status: 'failed', reason: 'failure', message: (error as Error).message };
  }
}

function done(result: RunResult, declared: readonly Figure[]): DoneOutcome {
  const { fingerprint, end, expectations } = result.summary;
  const figures = summaryFigures(result.summary);
  const halfWidths: Record<string, number> = {};
  for (const figure of declared) {
    if (figure.series === undefined) figures[figure.name] = evaluated(figure.value!, result);
    else {
      const { mean, halfWidth } = seriesFigure(result, figure.series, figure.warmUpNs);
      figures[figure.name] = Number.isNaN(mean) ? null : rounded(mean);
      if (Number.isFinite(halfWidth)) halfWidths[figure.name] = rounded(halfWidth);
    }
  }
  const pass = expectations.every((expectation) => expectation.pass);
  return { status: 'done', fingerprint, end: end.reason, events: end.events, pass, figures, halfWidths };
}

/** The number an expression comes to, 1 or 0 for true or false; null when there is none. */
function evaluated(expression: string, { summary }: RunResult): number | null {
  try {
    const value: unknown = evaluate(expression, { ...summary });
    if (typeof value === 'bigint') return Number(value);
    if (typeof value === 'boolean') return value ? 1 : 0;
    return typeof value === 'number' && Number.isFinite(value) ? rounded(value) : null;
  } catch {
    return null;
  }
}
