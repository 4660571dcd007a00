import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SweepIdentity } from '../../experiment/sweep.js';
import type { SweepResult, VariantResult } from '../../experiment/sweep-result.js';
import { answer } from './answer.js';
import { FAINT, type SweepChart, TEXT } from './chart-look.js';
import { drawNotes, finishChart } from './draw-notes.js';
import { withError } from './number-text.js';
import { figureTitle } from './response-chart.js';

/** `sweep.html`: question, answer, charts and figures on one page that needs nothing else, in light and in dark. */
export function sweepHtml(result: SweepResult, charts: readonly SweepChart[], identity: SweepIdentity): string {
  const runs = result.records.length;
  const canvases = charts.map(
    ({ title }, index) =>
      `<figure><canvas id="chart-${index}" width="900" height="450" role="img" aria-label="${escaped(title)}"></canvas></figure>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(result.name)}: sweep</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(result.name)}</h1>
<p class="question">${escaped(result.question)}</p>
<p class="answer">${escaped(answer(result))}</p>
${canvases.join('\n')}
<h2>Every variant</h2>
<div class="wide"><table>
<thead><tr><th>variant</th><th>runs</th>${result.figures.map((figure) => `<th>${escaped(figureTitle(figure))}</th>`).join('')}</tr></thead>
<tbody>
${result.variants.map((variant) => row(result, variant)).join('\n')}
</tbody></table></div>
<p class="note">${runs} runs of hubsim ${escaped(identity.program)}. ± is half a 95 % interval (Student). Percentages compare with the first variant, run by run on the same random numbers; none stands where the interval of the difference holds zero.</p>
</main>
<script>${library()}</script>
<script>
const charts = ${forScript(charts.map(({ configuration }) => configuration))};
${drawNotes.toString()}
${finishChart.toString()}
${script()}
</script>
</body>
</html>
`;
}

function row({ figures }: SweepResult, variant: VariantResult): string {
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
  return `<tr><th>${escaped(variant.label)}</th><td>${variant.done}${failed}</td>${cells.join('')}</tr>`;
}

function library(): string {
  const main = createRequire(import.meta.url).resolve('chart.js');
  return readFileSync(join(dirname(main), 'chart.umd.min.js'), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
}

/** Draws every chart in the colours of the scheme, and anew when that changes. */
function script(): string {
  return `const scheme = matchMedia('(prefers-color-scheme: dark)');
let drawn = [];
function draw() {
  const dark = scheme.matches;
  const text = dark ? '#e6e6e6' : '${TEXT}';
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  for (const chart of drawn) chart.destroy();
  drawn = charts.map((plain, index) => {
    let data = JSON.stringify(plain);
    if (dark) data = data.replaceAll('${TEXT}', text).replaceAll('${FAINT}', '#3a3d42').replaceAll('"#000000"', '"#bbbbbb"').replaceAll('"#0072B2', '"#4aa8e0');
    const configuration = finishChart(JSON.parse(data), drawNotes, text);
    configuration.options.responsive = true;
    configuration.options.aspectRatio = 2;
    return new Chart(document.getElementById('chart-' + index), configuration);
  });
}
scheme.addEventListener('change', draw);
draw();`;
}

/** JSON that cannot end the script it stands in. */
function forScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** Text as HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --text: #222; --back: #fff; --faint: #ddd; --note: #666; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --back: #16181b; --faint: #3a3d42; --note: #a0a4aa; } }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { margin: 0; font-size: 26px; }
h2 { margin: 32px 0 8px; font-size: 19px; }
.question { margin: 4px 0 16px; color: var(--note); font-size: 18px; }
.answer { border-left: 4px solid #0072b2; padding-left: 14px; }
figure { margin: 24px 0; }
canvas { max-width: 100%; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--faint); text-align: right; white-space: nowrap; }
th:first-child { text-align: left; font-weight: 500; }
td strong { color: #d55e00; }
small, .note { color: var(--note); }
.note { font-size: 14px; }
`;
