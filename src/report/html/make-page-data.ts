import type { DurationSeries } from '../../measure/duration-grid.js';
import type { NamedSeries, NodeChange } from '../../measure/run-result.js';
import type { Summary } from '../../measure/summary.js';
import { countPods } from '../pod-counts.js';
import type { ReportedRun } from '../reported-run.js';
import { packPods } from './pack-pods.js';
import type { PageCounts, PageData, PageDurations, PageNodes, PageSeries } from './page-data.js';

/** Moments at which pods are counted: as many as a screen has columns. */
const MOMENTS = 1000;
/** Digits kept of what is only drawn. */
const DIGITS = 4;
/** Pods of their own and the like: rows of the table of workloads. */
const WORKLOADS_MAX = 5000;

/** Everything that the page of a run draws. */
export function makePageData(run: ReportedRun): PageData {
  const { timeZeroNs, endNs } = run;
  const seconds = (timeNs: number): number => (timeNs - timeZeroNs) / 1e9;
  const names = nodeNames(run);
  const index = new Map(names.map((name, at) => [name, at]));
  return {
    summary: shortened(run.summary),
    length: seconds(endNs),
    marks: run.marks.map(({ atNs, endNs: end, text, fault }) => ({
      at: seconds(atNs),
      end: end < 0 ? -1 : seconds(Math.min(end, endNs)),
      text,
      fault,
    })),
    counts: counts(run),
    series: series(run),
    // The ways of single workloads are for `hubsim explain`: thousands of them would be most of the file.
    criticalPath: run.criticalPath === undefined ? undefined : { ...run.criticalPath, workloads: [] },
    nodes: { names, changes: nodeChanges(run.nodeStates, timeZeroNs, index) },
    pods: packPods(run.pods, timeZeroNs, endNs, index),
  };
}

function shortened(summary: Summary): Summary {
  const { convergence } = summary;
  return { ...summary, convergence: { ...convergence, workloads: convergence.workloads.slice(0, WORKLOADS_MAX) } };
}

function nodeNames({ nodeStates, pods }: ReportedRun): string[] {
  const names = new Set(nodeStates.map(({ node }) => node));
  for (let row = 0; row < pods.count; row++) if (pods.node[row] !== '') names.add(pods.node[row]!);
  return [...names];
}

/** The last state before time zero stands at time zero, unless it is ready. */
function nodeChanges(
  states: readonly NodeChange[],
  timeZeroNs: number,
  index: ReadonlyMap<string, number>,
): PageNodes['changes'] {
  const before = new Map<string, string>();
  const changes: [number, number, string][] = [];
  for (const { atNs, node, state } of states) {
    if (atNs < timeZeroNs) before.set(node, state);
    else changes.push([rounded((atNs - timeZeroNs) / 1e9), index.get(node)!, state]);
  }
  const start = [...before].filter(([, state]) => state !== 'ready');
  return [...start.map(([node, state]): [number, number, string] => [0, index.get(node)!, state]), ...changes];
}

function counts(run: ReportedRun): PageCounts {
  const stepNs = Math.max(1, (run.endNs - run.timeZeroNs) / MOMENTS);
  const { created, bound, serving, gone } = countPods(run, stepNs, MOMENTS);
  return {
    step: stepNs / 1e9,
    created: [...created],
    bound: [...bound],
    running: [...serving],
    gone: [...gone],
  };
}

function series({ series: measured, timeZeroNs, endNs }: ReportedRun): PageSeries {
  const step = measured.intervalNs / 1e9;
  // The last sample may have been cut short: its rate is of its own length.
  const lastStep = Math.max((endNs - timeZeroNs) / 1e9 - (measured.samples - 1) * step, step / 100);
  const rate = (values: readonly number[]): number[] =>
    values.map((value, at) => rounded(value / (at === measured.samples - 1 ? Math.min(step, lastStep) : step)));
  const rates = (all: readonly NamedSeries[]): NamedSeries[] =>
    all.map(({ name, values }) => ({ name, values: rate(values) }));
  return {
    step,
    requests: rates(measured.requests),
    watchEvents: rates(measured.watchEvents),
    latency: durations(measured.latency),
    watchLag: durations(measured.watchLag),
    commitRate: rate(measured.commit.count),
    commit: durations(measured.commit),
    waiting: measured.waiting,
    seats: measured.seats,
    cores: rates(measured.busySeconds),
  };
}

function durations({ p50, p90, p99, max }: DurationSeries): PageDurations {
  return { p50: p50.map(rounded), p90: p90.map(rounded), p99: p99.map(rounded), max: max.map(rounded) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
