import { readFileSync } from 'node:fs';
import type { Summary } from '../../measure/summary.js';
import { readable, trim } from '../charts/time-unit.js';
import type { ReportedRun, RunOrigin } from '../reported-run.js';
import { slowestPart } from '../slowest-part.js';
import { escaped } from '../sweep/page.js';
import { makePageData } from './make-page-data.js';

/** The bundles that `npm run build` makes of src/page. */
const BUNDLES = new URL('../../../dist/page/', import.meta.url);

/** `report.html`: one file that needs nothing from outside, the same bytes each time. */
export function reportHtml(run: ReportedRun, origin: RunOrigin): string {
  const { summary } = run;
  const style = readFileSync(new URL('report.css', BUNDLES), 'utf8');
  const script = readFileSync(new URL('main.js', BUNDLES), 'utf8');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(summary.name)}: hubsim</title>
<style>${style}</style>
</head>
<body>
${bar(run)}
<main>
${head(run)}
${tiles(summary)}
${verdict(summary)}
<section id="replay"><h2>Replay</h2></section>
<section id="timelines"><h2>Over time</h2></section>
${run.criticalPath === undefined ? '' : '<section id="path"><h2>Where the time went</h2></section>'}
<section id="workloads"><h2>Workloads</h2></section>
${origins(summary, origin)}
</main>
<script type="application/json" id="data">${inlineJson(makePageData(run))}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
}

/** JSON that no HTML parser can take for an end of its script. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function bar({ summary: { name }, criticalPath }: ReportedRun): string {
  const sections: [string, string][] = [
    ['replay', 'Replay'],
    ['timelines', 'Timelines'],
    ...(criticalPath === undefined ? [] : [['path', 'Path'] as [string, string]]),
    ['workloads', 'Workloads'],
    ['scenario', 'Scenario'],
  ];
  const links = sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('');
  return `<header class="bar"><strong><bdi>${escaped(name)}</bdi></strong><nav aria-label="Sections">${links}</nav><button type="button" id="theme" aria-label="Change between light and dark"></button></header>`;
}

function head({ summary, question }: ReportedRun): string {
  const { end, convergence } = summary;
  const good = end.reason === 'converged';
  const took = readable(convergence.seconds ?? end.virtualSeconds);
  const outcome =
    convergence.seconds === null
      ? ({
          stuck: 'Stuck after',
          limit: 'Hit a limit after',
          horizon: 'Not converged within',
          stopped: 'Stopped after',
        }[end.reason as 'stuck'] ?? 'Ended after')
      : 'Converged after';
  return `<section class="head" id="headline"><p class="question" dir="auto">${escaped(question)}</p>
<h1 class="${good || convergence.seconds !== null ? 'good' : 'bad'}">${outcome} <b>${took}</b></h1></section>`;
}

function tiles(summary: Summary): string {
  const { pods, hub, cpu, end, etcd, expectations } = summary;
  const part = slowestPart(summary);
  const busiest = Object.entries(cpu).sort((a, b) => b[1] - a[1])[0];
  const time = (seconds: number | null): string => (seconds === null ? '–' : readable(seconds));
  const kept = expectations.filter(({ pass }) => pass).length;
  const shown: [string, string, string][] = [
    [
      'expectations kept',
      expectations.length === 0 ? 'none set' : `${kept} of ${expectations.length}`,
      kept < expectations.length ? 'see below which failed' : '',
    ],
    ['slowest part', part?.name ?? 'none', part === undefined ? '' : (part.limitedClient ?? readable(part.seconds))],
    ['pods running', trim(pods.running), `${trim(pods.created)} created, ${trim(pods.pending)} pending`],
    ['created to running', time(pods.createdToRunning.p50), `${time(pods.createdToRunning.p99)} at 99 %`],
    ['requests', trim(hub.requests), `at most ${trim(hub.rate.peak)} a second`],
    ['answers to writes', time(hub.latency.mutating.p50), `${time(hub.latency.mutating.p99)} at 99 %`],
    ['refused (429)', trim(hub.rejected), hub.rejected === 0 ? 'none' : 'by flow control'],
    ['watch lag', time(hub.watchLag.p50), `${time(hub.watchLag.p99)} at 99 %`],
    ['etcd puts', trim(etcd.puts), `${time(etcd.commitLatency.p99)} at 99 %`],
    [
      'busiest program',
      busiest === undefined || end.virtualSeconds === 0 ? '–' : `${(busiest[1] / end.virtualSeconds).toFixed(2)} cores`,
      busiest?.[0] ?? '',
    ],
  ];
  const tile = ([title, value, note]: [string, string, string]): string =>
    `<div class="tile"><dt>${title}</dt><dd><b>${escaped(value)}</b><small><bdi>${escaped(note)}</bdi></small></dd></div>`;
  return `<dl class="tiles">${shown.map(tile).join('')}</dl>`;
}

function verdict({ expectations, end }: Summary): string {
  const lines = expectations.map(({ expression, pass, value }) => {
    const was = pass ? '' : ` <small>it is ${escaped(JSON.stringify(value) ?? String(value))}</small>`;
    return `<li class="${pass ? 'good' : 'bad'}"><code>${escaped(expression)}</code>${was}</li>`;
  });
  const findings = end.findings.slice(0, 50).map((finding) => `<li class="warn" dir="auto">${escaped(finding)}</li>`);
  if (lines.length + findings.length === 0) return '';
  return `<section id="expectations"><h2>Expectations</h2><ul class="verdict">${[...findings, ...lines].join('')}</ul></section>`;
}

function origins({ seed, fingerprint }: Summary, origin: RunOrigin): string {
  const rows = Object.entries(origin.configuration).map(
    ([key, value]) =>
      `<tr><th scope="row"><code>${escaped(key)}</code></th><td dir="auto">${escaped(typeof value === 'string' ? value : JSON.stringify(value))}</td></tr>`,
  );
  const facts: [string, string][] = [
    ['Command', origin.command],
    ['Seed', String(seed)],
    ['Fingerprint', fingerprint],
    ['Version', `hubsim ${origin.version}`],
  ];
  const list = facts.map(([title, text]) => `<dt>${title}</dt><dd><code>${escaped(text)}</code></dd>`).join('');
  const scenario =
    origin.scenario === ''
      ? ''
      : `<details open><summary>Scenario</summary><pre dir="ltr">${escaped(origin.scenario)}</pre></details>`;
  return `<section id="scenario"><h2>Make it again</h2><dl class="facts">${list}</dl>
<p>The same command gives the same fingerprint, and the same bytes in every file, on every machine.</p>
${scenario}
<details><summary>Configuration: every key and what it came to</summary><div class="scroll"><table>${rows.join('')}</table></div></details></section>`;
}
