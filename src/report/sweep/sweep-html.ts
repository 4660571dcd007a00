import type { SweepIdentity } from '../../experiment/sweep.js';
import type { SweepResult, VariantResult } from '../../experiment/sweep-result.js';
import { answer } from './answer.js';
import type { SweepChart } from './chart-look.js';
import { withError } from './number-text.js';
import { escaped, page } from './page.js';
import { figureTitle } from './response-chart.js';

/** `sweep.html`: question, answer, charts and figures. */
export function sweepHtml(result: SweepResult, charts: readonly SweepChart[], { program }: SweepIdentity): string {
  return page({
    title: `${result.name}: sweep`,
    question: result.question,
    answer: answer(result),
    charts,
    tableTitle: 'Every variant',
    head: ['variant', 'runs', ...result.figures.map(figureTitle)].map((text) => `<th>${escaped(text)}</th>`),
    rows: result.variants.map((variant) => row(result, variant)),
    note: `${result.records.length} runs of hubsim ${program}. ± is half a 95 % interval (Student). Percentages compare with the first variant, run by run on the same random numbers; none stands where the interval of the difference holds zero.`,
  });
}

function row({ figures }: SweepResult, variant: VariantResult): string[] {
  const cells = figures.map(({ name }) => {
    const { values, mean, halfWidth, difference } = variant.figures[name]!;
    if (values.length === 0) return '<td>–</td>';
    const clear = difference !== undefined && difference.direction !== 'unclear' && !Number.isNaN(difference.effect);
    const effect = clear
      ? ` <small>${difference.effect > 0 ? '+' : '−'}${Math.abs(difference.effect * 100).toFixed(1)} %</small>`
      : '';
    return `<td>${withError(mean, halfWidth)}${effect}</td>`;
  });
  const failed =
    variant.failed === 0
      ? ''
      : ` <strong title="${escaped(variant.failure ?? '')}">+ ${variant.failed} failed</strong>`;
  return [`<th>${escaped(variant.label)}</th>`, `<td>${variant.done}${failed}</td>`, ...cells];
}
