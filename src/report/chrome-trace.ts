import type { ReportedRun } from './reported-run.js';

/** Of pods, so many have a track of their own. */
const PODS_MAX = 500;
const PATH = 1;
const PODS = 2;
const STEPS = 3;
const LOAD = 4;
/** What names processes and threads has a category and a time of its own in the traces of Chrome. */
const METADATA = { ph: 'M', cat: '__metadata', ts: 0 };

/** An event of Chrome's trace format; times in microseconds. */
type TraceEvent = Readonly<Record<string, unknown>>;

/**
 * A run as a Chrome trace, for Perfetto: the critical path with a track for each component and flows from cause to
 * effect, the lives of pods, steps and faults, and rates as counters.
 */
export function chromeTrace(run: ReportedRun): string {
  const events = [...names(), ...path(run), ...pods(run), ...steps(run), ...counters(run)];
  return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents: events })}\n`;
}

function names(): TraceEvent[] {
  const name = (pid: number, text: string): TraceEvent => ({
    ...METADATA,
    name: 'process_name',
    pid,
    tid: 0,
    args: { name: text },
  });
  return [name(PATH, 'critical path'), name(PODS, 'pods'), name(STEPS, 'steps and faults'), name(LOAD, 'load')];
}

function track(pid: number, tid: number, name: string): TraceEvent {
  return { ...METADATA, name: 'thread_name', pid, tid, args: { name } };
}

/** What goes on between two moments, as far as it is not before time zero: Perfetto drops what is. */
function span(fromNs: number, toNs: number, timeZeroNs: number): { ts: number; dur: number } {
  const ts = Math.max(0, fromNs - timeZeroNs) / 1e3;
  return { ts, dur: Math.max(0, (toNs - timeZeroNs) / 1e3 - ts) };
}

/** Each wait on the track of who waited, with a flow to the next. */
function path({ criticalPath }: ReportedRun): TraceEvent[] {
  const tracks = new Map<string, number>();
  const events: TraceEvent[] = [];
  const links = criticalPath?.links ?? [];
  for (const [at, { name, cause, from, to }] of links.entries()) {
    const component = name.split(':')[0]!;
    const tid = tracks.get(component) ?? tracks.size + 1;
    tracks.set(component, tid);
    const place = { pid: PATH, tid };
    events.push({ ph: 'X', name, cat: cause, ts: from * 1e6, dur: (to - from) * 1e6, ...place });
    const flow = { name: 'then', cat: 'flow', ...place };
    if (at > 0) events.push({ ph: 'f', bp: 'e', id: at, ts: from * 1e6, ...flow });
    if (at < links.length - 1) events.push({ ph: 's', id: at + 1, ts: from * 1e6, ...flow });
  }
  return [...[...tracks].map(([component, tid]) => track(PATH, tid, component)), ...events];
}

function pods({ pods: rows, timeZeroNs, endNs }: ReportedRun): TraceEvent[] {
  const events: TraceEvent[] = [];
  const stride = Math.max(1, Math.ceil(rows.count / PODS_MAX));
  for (let row = 0; row < rows.count; row += stride) {
    const tid = row + 1;
    events.push(track(PODS, tid, `${rows.namespace[row]}/${rows.name[row]}`));
    const moments: [string, number][] = [
      ['waits for a node', rows.createdNs[row]!],
      ['starts', rows.boundNs[row]!],
      ['runs', rows.runningNs[row]!],
      ['ends', rows.deletedNs[row]!],
      ['gone', rows.goneNs[row]!],
    ].filter((moment): moment is [string, number] => (moment[1] as number) >= 0);
    for (const [at, [name, fromNs]] of moments.entries()) {
      if (name === 'gone') continue;
      const toNs = moments[at + 1]?.[1] ?? endNs;
      if (toNs < timeZeroNs) continue;
      events.push({ ph: 'X', name, cat: 'pod', pid: PODS, tid, ...span(fromNs, toNs, timeZeroNs) });
    }
  }
  return events;
}

function steps({ marks, timeZeroNs }: ReportedRun): TraceEvent[] {
  return marks.map(({ atNs, endNs, text, fault }) => {
    const place = { name: text, cat: fault ? 'fault' : 'step', pid: STEPS, tid: 1 };
    const { ts, dur } = span(atNs, Math.max(atNs, endNs), timeZeroNs);
    return endNs < 0 ? { ph: 'i', s: 'g', ts, ...place } : { ph: 'X', ts, dur, ...place };
  });
}

function counters({ series }: ReportedRun): TraceEvent[] {
  const perSecond = 1e9 / series.intervalNs;
  const groups = [
    { name: 'requests a second', all: series.requests },
    { name: 'watch events a second', all: series.watchEvents },
    { name: 'cores busy', all: series.busySeconds },
  ];
  return groups.flatMap(({ name, all }) =>
    Array.from({ length: series.samples }, (_, at): TraceEvent => {
      const args = Object.fromEntries(all.map((one) => [one.name, one.values[at]! * perSecond]));
      return { ph: 'C', name, cat: 'load', pid: LOAD, tid: 1, ts: (at * series.intervalNs) / 1e3, args };
    }),
  );
}
