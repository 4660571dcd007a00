import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { RunResult } from '../measure/run-result.js';
import type { Spread, Summary } from '../measure/summary.js';
import { readable, trim } from '../report/charts/time-unit.js';
import { podsCurve } from '../report/pods-curve.js';
import { slowestPart } from '../report/slowest-part.js';
import type { PublishedResult } from '../scenario/published.js';
import type { RunInfo } from './run-info.js';
import { COMPACT } from './table-look.js';

type Colors = ReturnType<typeof picocolors.createColors>;

/** Findings shown; the others are in summary.json. */
const FINDINGS_SHOWN = 5;

/** What was written beside the tables. */
export interface Written {
  readonly charts: boolean;
  readonly report: boolean;
}

/** What a person wants to know after a run. */
export function runTable(
  result: RunResult,
  info: RunInfo,
  directory: string,
  written: Written,
  color: boolean,
  published: readonly PublishedResult[] = [],
): string {
  const colors = picocolors.createColors(color);
  const { summary } = result;
  const table = new Table({ chars: COMPACT, style: { head: [], border: [] }, wordWrap: true, colWidths: [20, 78] });
  table.push(
    [endTitle(summary), colors.bold(endText(summary, colors))],
    ['slowest part', slowestText(summary)],
    ...heldUpText(result),
    ['pods', podsText(summary)],
    ...curveRow(result),
    ['hub', hubText(summary)],
    ['processors', processorText(summary)],
    ['watch lag', spreadText(summary.hub.watchLag)],
    ...ownRows(summary),
    ...published.map((one) => ['published', publishedText(one)]),
    ['simulated', simulatedText(summary, info)],
    ['result', `${directory}/ (${writtenText(written)})`],
  );
  const head = [colors.bold(summary.name), result.question].filter((text) => text !== '').join(': ');
  return `${[head, table.toString(), ...findings(summary, colors), ...expectations(summary, colors)].join('\n')}\n`;
}

function writtenText({ charts, report }: Written): string {
  return `${report ? 'report.html, ' : ''}summary.json, pods.csv, …${charts ? ', charts/*.png' : ''}`;
}

function curveRow(result: RunResult): [string, string][] {
  const curve = podsCurve(result);
  return curve === undefined ? [] : [['running', curve]];
}

function endTitle({ end }: Summary): string {
  return end.reason === 'converged' ? 'converged after' : 'ended';
}

function endText({ end, convergence }: Summary, colors: Colors): string {
  const whole = readable(end.virtualSeconds);
  switch (end.reason) {
    case 'converged':
      return colors.green(readable(convergence.seconds ?? end.virtualSeconds));
    case 'stuck':
      return colors.red(`STUCK after ${whole}: nothing moves any more, and not all is as desired`);
    case 'limit':
      return colors.red(`at a limit, after ${whole}`);
    case 'horizon':
      return convergence.seconds === null
        ? `at the horizon, ${whole}`
        : `at the horizon, ${whole}; converged after ${readable(convergence.seconds)}`;
    default:
      return `stopped after ${whole}`;
  }
}

function slowestText(summary: Summary): string {
  const part = slowestPart(summary);
  if (part === undefined) return 'nothing happened to any pod';
  const cause = part.limitedClient === undefined ? '' : `, held up by the rate limit of ${part.limitedClient}`;
  // Creations and deletions are counted from time zero, whatever the timeline had them wait for.
  const last = part.name === 'creating pods' || part.name === 'deleting pods' ? 'the last one after ' : '';
  return `${part.name}: ${last}${readable(part.seconds)}${cause}`;
}

/** What the critical path waited for longest, if it is known and was most of it. */
function heldUpText({ criticalPath }: RunResult): [string, string][] {
  const top = criticalPath?.causes[0];
  if (criticalPath === undefined || top === undefined) return [];
  const share = `${readable(top.seconds)} of ${readable(criticalPath.seconds)}`;
  return [['held up by', `${top.name}: ${share} (hubsim explain says more)`]];
}

function podsText({ pods }: Summary): string {
  const counts = [
    [pods.created, 'created'],
    [pods.bound, 'bound'],
    [pods.running, 'running'],
    [pods.deleted, 'deleted'],
    [pods.pending, 'pending'],
    [pods.unschedulable, 'unschedulable'],
  ] as const;
  const shown = counts.filter(([count], index) => index < 3 || count > 0);
  return shown.map(([count, state]) => `${trim(count)} ${state}`).join(', ');
}

function hubText({ hub }: Summary): string {
  const rejected = hub.rejected === 0 ? '' : `, ${trim(hub.rejected)} rejected`;
  return `${trim(hub.requests)} requests: ${trim(hub.rate.mean)} a second, at most ${trim(hub.rate.peak)}${rejected}`;
}

/** Components that were busiest, in cores. */
const COMPONENTS_SHOWN = 4;

function processorText({ cpu, end }: Summary): string {
  if (end.virtualSeconds === 0) return 'idle';
  const busiest = Object.entries(cpu).sort((a, b) => b[1] - a[1]);
  const shown = busiest.filter(([, seconds]) => seconds > 0).slice(0, COMPONENTS_SHOWN);
  const texts = shown.map(([name, seconds]) => `${name} ${(seconds / end.virtualSeconds).toFixed(2)}`);
  return texts.length === 0 ? 'idle' : `${texts.join(', ')} cores busy`;
}

function spreadText(spread: Spread): string {
  if (spread.p50 === null || spread.p99 === null || spread.max === null) return 'no watch events';
  return `${readable(spread.p50)} (median), ${readable(spread.p99)} (99 %), ${readable(spread.max)} (worst)`;
}

/** Objects of the scenario's own kinds that are shown. */
const OWN_SHOWN = 6;

function ownRows({ objects = [] }: Summary): string[][] {
  const rows = objects.slice(0, OWN_SHOWN).map(({ kind, name, status }) => [`${kind} ${name}`, fieldsText(status)]);
  const rest = objects.length - rows.length;
  return rest > 0 ? [...rows, ['…', `and ${rest} more in summary.json`]] : rows;
}

function fieldsText(status: unknown): string {
  const fields = Object.entries((status ?? {}) as object);
  return fields.length === 0
    ? 'no status'
    : fields.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
}

function publishedText({ figure, own, atLeast, source }: PublishedResult): string {
  return `${figure}: ${own === undefined ? 'none' : trim(own)}; published: at least ${trim(atLeast)} (${source})`;
}

function simulatedText({ end, fingerprint }: Summary, info: RunInfo): string {
  const speed = `${readable(end.virtualSeconds)} in ${readable(info.wallSeconds)} (${trim(info.speed)}× real time)`;
  return `${speed}, ${end.events.toLocaleString('en-US')} events at ${trim(info.eventsPerSecond / 1e6)} M/s, fingerprint ${fingerprint}`;
}

function findings({ end }: Summary, colors: Colors): string[] {
  const shown = end.findings.slice(0, FINDINGS_SHOWN).map((finding) => colors.yellow(`! ${finding}`));
  const rest = end.findings.length - shown.length;
  return rest > 0 ? [...shown, `  and ${rest} more in summary.json`] : shown;
}

function expectations(summary: Summary, colors: Colors): string[] {
  return summary.expectations.map(({ expression, pass, value }) =>
    pass ? `${colors.green('✓')} ${expression}` : `${colors.red('✗')} ${expression} (it is ${String(value)})`,
  );
}
