import type { MeasuredRun } from '../../src/cli/bench/measured-run.js';
import { WHOLE_RUNS, type WholeRun } from '../../src/cli/bench/whole-run.js';
import { SCALE_RUNS } from '../scale-runs.js';
import type { Newest } from './newest.js';
import { mebibytes, millions, nanoseconds, percent, seconds, table } from './text.js';

/** The whole runs in Markdown. */
export function wholeRunsTable({ runs }: Newest): string {
  const rows = WHOLE_RUNS.flatMap((run) => {
    const measured = runs.get(run.name);
    return measured === undefined ? [] : [row(run, measured)];
  });
  return table(['run', 'command', 'events', 'events a second', 'memory'], rows);
}

/** What newer releases of Node.js make of them, if any were measured. */
export function newerTable({ runs, newer }: Newest): string {
  if (newer.size === 0) return '';
  const figures = (run: MeasuredRun | undefined): string =>
    run === undefined ? '' : `${seconds(run.seconds)}, ${mebibytes(run.peakMemoryBytes)}`;
  const columns = [runs, ...newer.values()];
  const rows = WHOLE_RUNS.filter(({ name }) => columns.slice(1).some((column) => column.has(name)));
  const cells = rows.map(({ name }) => [name, ...columns.map((column) => figures(column.get(name)))]);
  return `With newer releases of Node.js, hubsim built by each:\n\n${table(['run', 'as above', ...newer.keys()], cells)}\n\n`;
}

/** The few of them that say most, for the front page. */
export function shortTable({ runs }: Newest): string {
  const names = ['k8s-sims-1200', '5,000 nodes, 150,000 pods', '100,000 nodes, 1,000,000 pods'];
  const rows = names.flatMap((name) => {
    const measured = runs.get(name);
    return measured === undefined ? [] : [[name, seconds(measured.seconds), mebibytes(measured.peakMemoryBytes)]];
  });
  return table(['run, the whole command', 'time', 'memory'], rows);
}

/** The engine's cases of some groups, each contestant as it is and beside ours. */
export function casesTable({ nsPerOperation }: Newest, groups: readonly string[]): string {
  const rows = [...nsPerOperation].flatMap(([name, times]) => {
    if (!groups.some((group) => name.startsWith(`${group}: `))) return [];
    const [ours, ...others] = Object.entries(times);
    const beside = others.map(([peer, ns]) => `${peer} ${nanoseconds(ns)} (${(ns / ours![1]).toFixed(1)} x)`);
    return [[name, nanoseconds(ours![1]), beside.join(', ')]];
  });
  return table(['case', 'hubsim', 'others'], rows);
}

export function memoryTable({ bytesEach = {} }: Newest): string {
  return table(
    ['one more', 'bytes'],
    Object.entries(bytesEach).map(([name, bytes]) => [name, bytes.toLocaleString('en-US')]),
  );
}

export function soakTable({ soak = [] }: Newest): string {
  const shown = soak.filter(({ hours }) => [1, 2, 6, 12, 18, 23].includes(hours));
  return table(
    ['after', 'in use', 'resident'],
    shown.map(({ hours, bytes, residentBytes }) => [
      `${hours} h`,
      mebibytes(bytes),
      residentBytes === undefined ? '' : mebibytes(residentBytes),
    ]),
  );
}

/** How much more is resident at the last look than at the first. */
export function soakGrowth({ soak = [] }: Newest): string {
  const first = soak[0]?.residentBytes ?? 0;
  const last = soak.at(-1)?.residentBytes ?? 0;
  return first === 0 ? 'an unknown share more' : `${((100 * (last - first)) / first).toFixed(1)} % more`;
}

/** What lives in the end of a large run, by the part of the sources that made it; what takes little counts together. */
export function heapTable({ heap }: Newest): string {
  if (heap === undefined) return '';
  const entries = Object.entries(heap.bytesByRoom).sort(([, a], [, b]) => b - a);
  const total = entries.reduce((sum, [, bytes]) => sum + bytes, 0);
  const large = entries.filter(([, bytes]) => bytes >= total / 100);
  const rest = large.reduce((left, [, bytes]) => left - bytes, total);
  return table(
    ['made in', 'in use', 'bytes a pod'],
    [...large, ['elsewhere', rest] as const].map(([room, bytes]) => [
      room,
      mebibytes(bytes),
      Math.round(bytes / heap.pods).toLocaleString('en-US'),
    ]),
  );
}

/** Where the time of some runs went: the parts that took 2 % of one of them at least, and the rest. */
export function profileTable({ profiles = {} }: Newest): string {
  const runs = Object.values(profiles);
  const rooms = [...new Set(runs.flatMap((shares) => Object.keys(shares)))];
  const most = (room: string): number => Math.max(...runs.map((shares) => shares[room] ?? 0));
  const shown = rooms.filter((room) => most(room) >= 0.02).sort((a, b) => most(b) - most(a));
  const rest = runs.map((shares) => 1 - shown.reduce((sum, room) => sum + (shares[room] ?? 0), 0));
  return table(
    ['time spent in', ...Object.keys(profiles)],
    [
      ...shown.map((room) => [room, ...runs.map((shares) => percent(shares[room] ?? 0))]),
      ['elsewhere', ...rest.map(percent)],
    ],
  );
}

/** What was simulated of sizes that others have published figures of. */
export function scaleTable({ scale = {} }: Newest): string {
  const rows = SCALE_RUNS.flatMap(({ name, published }) =>
    published.flatMap(({ figure, others, difference }) => {
      const own = scale[name]?.[figure];
      if (own === undefined) return [];
      return [[name, figure, own.toLocaleString('en-US', { maximumSignificantDigits: 3 }), others, difference]];
    }),
  );
  return table(['scenario', 'figure', 'simulated', 'published', 'why they differ'], rows);
}

function row({ name }: WholeRun, { seconds: whole, events, eventsPerSecond, peakMemoryBytes }: MeasuredRun): string[] {
  return [name, seconds(whole), events.toLocaleString('en-US'), millions(eventsPerSecond), mebibytes(peakMemoryBytes)];
}
