import type { Spread, Summary } from '../measure/summary.js';
import { readable, trim } from './charts/time-unit.js';
import type { RunOrigin } from './reported-run.js';

/** Findings and expectations shown. */
const SHOWN = 20;

/** The result of a run as Markdown, for a pull request. */
export function markdownSummary(summary: Summary, { command, version }: RunOrigin): string {
  const { pods, hub, convergence, end, expectations } = summary;
  const took =
    convergence.seconds === null
      ? `${end.reason} after ${readable(end.virtualSeconds)}`
      : readable(convergence.seconds);
  const rows: [string, string][] = [
    ['converged after', convergence.seconds === null ? `never: ${took}` : took],
    ['pods', `${trim(pods.created)} created, ${trim(pods.running)} running, ${trim(pods.pending)} pending`],
    ['created to running', spread(pods.createdToRunning)],
    ['requests', `${trim(hub.requests)}, at most ${trim(hub.rate.peak)} a second, ${trim(hub.rejected)} refused`],
    ['answers to writes', spread(hub.latency.mutating)],
    ['watch lag', spread(hub.watchLag)],
  ];
  const failed = expectations.filter(({ pass }) => !pass).length;
  const verdict =
    expectations.length === 0
      ? ''
      : failed === 0
        ? ' ✅'
        : ` ❌ ${failed} of ${expectations.length} expectations failed`;
  const lines = [
    `### hubsim: ${inert(summary.name)}${verdict}`,
    '',
    '| figure | value |',
    '| --- | --- |',
    ...rows.map(([figure, value]) => `| ${figure} | ${inert(value)} |`),
    '',
    ...end.findings.slice(0, SHOWN).map((finding) => `- ⚠️ ${inert(finding)}`),
    ...expectations.slice(0, SHOWN).map(({ expression, pass }) => `- ${pass ? '✅' : '❌'} ${code(expression)}`),
    '',
    `${code(command)}, fingerprint ${code(summary.fingerprint)}, hubsim ${version}`,
  ];
  return `${lines.join('\n')}\n`;
}

function spread({ p50, p99, max }: Spread): string {
  if (p50 === null || p99 === null || max === null) return '–';
  return `${readable(p50)} (median), ${readable(p99)} (99 %), ${readable(max)} (worst)`;
}

/** Text that stays text in Markdown and in the HTML made of it. */
function inert(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#!~&]/g, (sign) => `\\${sign}`).replace(/[\r\n]+/g, ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ').replace(/[\r\n]+/g, ' ')}\``;
}
