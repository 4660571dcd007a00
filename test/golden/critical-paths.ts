import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RunResult } from '../../src/measure/run-result.js';
import { relaxationOf } from '../../src/scenario/relaxation.js';
import { simulate } from '../../src/scenario/simulate.js';
import { readScenario } from './golden-record.js';

const TOP = join(import.meta.dirname, '../../scenarios');

function below(folder: string): string[] {
  const files = readdirSync(join(TOP, folder)).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => `${folder}/${basename(file, '.yaml')}`);
}

/** The scenarios without goldens that run in about a second. */
export const FURTHER: readonly string[] = ['clusters', 'experiments', 'scheduler-perf'].flatMap(below);
/** Those that take up to a minute each. */
export const LARGE: readonly string[] = below('scale');

const CORES = 'the cores of the control plane, and the limit of the scheduler';
const TOLD = 'the hub has to tell every watcher of every pod';

/** Where something else takes the place of the longest wait, and what: no more than that can be gained. */
export const HIDDEN: Readonly<Record<string, string>> = {
  'bad-release': 'kubelets end and start containers, and look at them once a second',
  'clock-and-leases': 'kubelets start containers, and look at them once a second',
  'closed-clients': 'the cores of the control plane',
  'database/create': 'a StatefulSet starts its pods one after the other',
  'database/stale-secrets': 'the operator hears of its Secret late, whatever the limit',
  'experiments/node-count-scaling': CORES,
  'experiments/qps-tuning': CORES,
  'hub-throughput': 'the load goes on for five seconds, whatever the hub does',
  'job-burst': 'the limit of the client comes after the workers',
  'remote-zone': 'the limit of the scheduler',
  'scale/cluster-5000': 'controllers that write faster than they hear run into conflicts, and back off',
  'scale-up-1000': CORES,
  'scheduler-perf/mixed-scheduling-base-pod': TOLD,
  'scheduler-perf/pod-affinity': TOLD,
  'scheduler-perf/pod-anti-affinity': TOLD,
  'scheduler-perf/preferred-topology-spreading': TOLD,
  'scheduler-perf/scheduling-basic': TOLD,
  'scheduler-perf/topology-spreading': TOLD,
  'slow-etcd-disk': 'the disk that the scenario makes slow',
  'step-by-step': 'the kubelet looks at its containers once a second',
  tenants: 'the kubelet looks at its containers once a second',
};

const ns = (seconds: number): number => Math.round(seconds * 1e9);

/** What is wrong with the waits of a run that converged: they have to add up to its time, to the nanosecond. */
export function sumProblems({ summary, criticalPath }: RunResult): string[] {
  if (criticalPath?.end !== 'converged') return [];
  const waits = criticalPath.causes.map(({ seconds }) => ns(seconds));
  const sum = waits.reduce((total, each) => total + each, 0);
  const whole = ns(summary.convergence.seconds!);
  return [
    ...(sum === whole ? [] : [`the waits add up to ${sum} ns, not to ${whole} ns`]),
    ...(waits.every((each) => each > 0) ? [] : ['a wait took no time']),
  ];
}

/** Links that do not begin where the one before ended. */
export function gaps({ criticalPath }: RunResult): string[] {
  const links = criticalPath?.links ?? [];
  return links.filter(({ from }, at) => at > 0 && from !== links[at - 1]!.to).map(({ name }) => `a gap before ${name}`);
}

/** How much of its longest wait a run without it gains; nothing where that cannot be lifted. */
export function gainWithoutTop(name: string, { summary, criticalPath }: RunResult): number | undefined {
  const top = criticalPath?.causes[0];
  const lift = top === undefined ? undefined : relaxationOf(top)?.lift;
  if (top === undefined || lift === undefined || criticalPath!.end !== 'converged') return undefined;
  const { convergence } = simulate(lift(readScenario(name)), { figuresOnly: true }).summary;
  return (summary.convergence.seconds! - convergence.seconds!) / top.seconds;
}

/** What is wrong with a gain. */
export function gainProblems(name: string, gain: number | undefined): string[] {
  const hidden = HIDDEN[name];
  if (gain === undefined)
    return hidden === undefined ? [] : [`is said to be hidden by this, but cannot be lifted: ${hidden}`];
  if (hidden === undefined) return gain > 0.8 ? [] : [`gains ${gain.toFixed(2)} of its longest wait`];
  return gain < 0.8
    ? []
    : [`gains ${gain.toFixed(2)} of its longest wait, which is said to be hidden by this: ${hidden}`];
}
