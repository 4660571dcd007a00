import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FAINT, type SweepChart, TEXT } from './chart-look.js';
import { drawNotes, finishChart } from './draw-notes.js';

/** What stands on the page of an experiment. */
export interface PageContent {
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly charts: readonly SweepChart[];
  readonly tableTitle: string;
  /** HTML of the first row, and of the others, each cell whole. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
}

/** An experiment on one page that needs nothing else, in light and in dark. */
export function page({ title, question, answer, charts, tableTitle, head, rows, note }: PageContent): string {
  const canvases = charts.map(
    (chart, index) =>
      `<figure><canvas id="chart-${index}" width="900" height="450" role="img" aria-label="${escaped(chart.title)}"></canvas></figure>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="question">${escaped(question)}</p>
<p class="answer">${escaped(answer)}</p>
${canvases.join('\n')}
<h2>${escaped(tableTitle)}</h2>
<div class="wide"><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.join('')}</tr>`).join('\n')}
</tbody></table></div>
<p class="note">${escaped(note)}</p>
</main>
<script>${library()}</script>
<script>
const charts = ${forScript(charts.map(({ configuration }) => configuration))};
${drawNotes.toString()}
${finishChart.toString()}
${SCRIPT}
</script>
</body>
</html>
`;
}

function library(): string {
  const main = createRequire(import.meta.url).resolve('chart.js');
  return readFileSync(join(dirname(main), 'chart.umd.min.js'), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
}

/** JSON that cannot end the script it stands in. */
function forScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** Text as HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Draws every chart in the colours of the scheme, and anew when that changes. */
const SCRIPT = `const scheme = matchMedia('(prefers-color-scheme: dark)');
const narrow = matchMedia('(max-width: 600px)');
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
    configuration.options.aspectRatio = narrow.matches ? 1 : 2;
    if (narrow.matches) configuration.options.plugins.title.font.size = 14;
    return new Chart(document.getElementById('chart-' + index), configuration);
  });
}
for (const query of [scheme, narrow]) query.addEventListener('change', draw);
draw();`;

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
