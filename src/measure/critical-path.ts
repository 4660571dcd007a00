import { type Engine, type NamedWait, NO_RECORD, type Trace, type WaitCause } from '../engine/index.js';
import { percentiles } from '../stats/percentiles.js';
import type { CauseLog } from './cause-log.js';
import { WaitSums } from './wait-sums.js';
import type { WorkloadLog } from './workload-log.js';

/** Pods whose ways are looked at one by one; of more, so many evenly spaced ones. */
const PODS_MAX = 1000;
/** Workloads that are told of. */
const WORKLOADS_MAX = 1000;
/** Links of the path that are kept; of more, the last. */
const LINKS_MAX = 2000;

/** How long a chain waited for one thing, in how many pieces. */
export interface WaitShare extends NamedWait {
  readonly seconds: number;
  readonly count: number;
}

/** One wait of the path; seconds since time zero. */
export interface PathLink extends NamedWait {
  readonly from: number;
  readonly to: number;
}

/** How long one workload's last change took, and what it waited for. */
export interface WorkloadPath {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly at: number;
  readonly seconds: number;
  readonly causes: readonly WaitShare[];
}

/** What pods waited for from the step that counts to their running: seconds, over all of them. */
export interface PodWait extends NamedWait {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** Where the time to convergence went. The waits add up to it, to the nanosecond. */
export interface CriticalPath {
  /** Where it ends: where all was as desired or, in a run that did not converge, where the last pod came to run. */
  readonly end: 'converged' | 'last pod running';
  readonly seconds: number;
  /** Most first. */
  readonly causes: readonly WaitShare[];
  /** First to last, neighbours of one name together. */
  readonly links: readonly PathLink[];
  readonly workloads: readonly WorkloadPath[];
  /** Of so many pods. */
  readonly podCount: number;
  readonly pods: readonly PodWait[];
}

/** What a path is made of. Engine times, ns. */
export interface PathParts {
  readonly engine: Engine;
  readonly trace: Trace;
  /** The record that it ends with. */
  readonly record: number;
  readonly timeZeroNs: number;
  /** From when on convergence counts. */
  readonly sinceNs: number;
  /** When that was, and what it is the end of. */
  readonly endNs: number;
  readonly end: CriticalPath['end'];
  readonly workloads: WorkloadLog;
  readonly causes: CauseLog;
}

/** Walks back from convergence, from the last convergence of each workload and from the pods' running to what began it. */
export function criticalPath(parts: PathParts): CriticalPath {
  const { sinceNs, record, endNs, end } = parts;
  const sums = new WaitSums();
  const pods = podWaits(parts, sums);
  return {
    end,
    seconds: (endNs - sinceNs) / 1e9,
    causes: sharesOf(parts, sums, record, sinceNs),
    links: linksOf(parts),
    workloads: workloadPaths(parts, sums),
    podCount: parts.causes.running.length,
    pods,
  };
}

/** The waits of a chain by name, the longest first. Their nanoseconds add up to its length. */
function sharesOf(parts: PathParts, sums: WaitSums, record: number, sinceNs: number): WaitShare[] {
  parts.trace.sum(record, sinceNs, sums);
  return [...byName(parts, sums)]
    .map(([name, { cause, ns, count }]) => ({ name, cause, seconds: ns / 1e9, count }))
    .sort((a, b) => b.seconds - a.seconds || (a.name < b.name ? -1 : 1));
}

/** Several labels may have one name: those of informers of one kind, of lives of one server. */
function byName(parts: PathParts, sums: WaitSums): Map<string, { cause: WaitCause; ns: number; count: number }> {
  const named = new Map<string, { cause: WaitCause; ns: number; count: number }>();
  for (const { label, ns, count } of sums.take()) {
    const { name, cause } = parts.engine.waitOf(label);
    const share = named.get(name) ?? { cause, ns: 0, count: 0 };
    share.ns += ns;
    share.count += count;
    named.set(name, share);
  }
  return named;
}

function linksOf(parts: PathParts): PathLink[] {
  const { trace, record, sinceNs, timeZeroNs } = parts;
  const links: { fromNs: number; toNs: number; label: number }[] = [];
  for (const link of trace.chain(record, sinceNs)) {
    const later = links.at(-1);
    if (later?.label === link.label) later.fromNs = link.fromNs;
    else if (links.length === LINKS_MAX) break;
    else links.push({ ...link });
  }
  return links.reverse().map(({ fromNs, toNs, label }) => ({
    ...parts.engine.waitOf(label),
    from: (fromNs - timeZeroNs) / 1e9,
    to: (toNs - timeZeroNs) / 1e9,
  }));
}

/** Of the workloads that took longest; which those are is known before it is known what they waited for. */
function workloadPaths(parts: PathParts, sums: WaitSums): WorkloadPath[] {
  const ends = [...parts.workloads.all()].flatMap(({ object, changes }) => {
    const last = changes.at(-1);
    return last === undefined || last.convergedNs < 0 || last.convergedCause === NO_RECORD ? [] : [{ object, last }];
  });
  const seconds = ({ last }: (typeof ends)[number]): number => (last.convergedNs - last.atNs) / 1e9;
  const longest = ends.sort((a, b) => seconds(b) - seconds(a)).slice(0, WORKLOADS_MAX);
  return longest.map((end) => ({
    kind: end.object.kind.name,
    namespace: end.object.metadata.namespace,
    name: end.object.metadata.name,
    at: (end.last.atNs - parts.timeZeroNs) / 1e9,
    seconds: seconds(end),
    causes: sharesOf(parts, sums, end.last.convergedCause, end.last.atNs),
  }));
}

function podWaits(parts: PathParts, sums: WaitSums): PodWait[] {
  const { running } = parts.causes;
  const step = Math.max(1, running.length / PODS_MAX);
  const waits = new Map<string, { cause: WaitCause; seconds: number[] }>();
  let count = 0;
  for (let at = 0; at < running.length; at += step, count++) {
    for (const { name, cause, seconds } of sharesOf(parts, sums, running[Math.floor(at)]!, parts.sinceNs)) {
      const wait = waits.get(name) ?? { cause, seconds: [] };
      wait.seconds.push(seconds);
      waits.set(name, wait);
    }
  }
  return [...waits].map(([name, wait]) => podWait(name, wait.cause, wait.seconds, count)).sort(byLength);
}

/** Pods that did not wait for it count with 0. */
function podWait(name: string, cause: WaitCause, seconds: readonly number[], count: number): PodWait {
  const all = new Float64Array(count);
  all.set(seconds);
  const [p50, p90, p99] = percentiles(all, [50, 90, 99]) as [number, number, number];
  return { name, cause, p50, p90, p99 };
}

function byLength(a: PodWait, b: PodWait): number {
  return b.p50 - a.p50 || b.p99 - a.p99 || (a.name < b.name ? -1 : 1);
}
