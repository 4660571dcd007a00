import type { CriticalPath, PodWait, WaitShare, WorkloadPath } from '../measure/critical-path.js';
import { readable } from './charts/time-unit.js';

/** Waits shown of the path, of each workload and of the pods. */
const PATH_SHOWN = 10;
const WORKLOADS_SHOWN = 5;
const PODS_SHOWN = 6;

/** What may be done about a wait: `raise controllerManager.kubeApiQps`; `''` where nothing is known. */
export type Advice = (wait: WaitShare) => string;

/** A path in words and columns, as `hubsim explain RUN` prints it. */
export function criticalPathStory(path: CriticalPath, advice: Advice): string {
  const total = path.seconds;
  const head =
    path.end === 'converged'
      ? `${readable(total)} from the step that counts until all was as desired. On the way there was a wait for:`
      : `It never converged. ${readable(total)} from the step that counts until the last pod ran. On the way there was a wait for:`;
  const lines = [head, ...shares(path.causes, total, PATH_SHOWN, advice)];
  if (path.workloads.length > 1)
    lines.push('', 'By workload:', ...path.workloads.slice(0, WORKLOADS_SHOWN).flatMap(workload));
  if (path.pods.length > 0) lines.push('', ...pods(path));
  return `${lines.join('\n')}\n`;
}

function shares(causes: readonly WaitShare[], total: number, most: number, advice: Advice): string[] {
  const shown = causes.slice(0, most);
  const rest = causes.slice(most).reduce((sum, { seconds }) => sum + seconds, 0);
  const lines = shown.map((share) => {
    const hint = share.seconds >= total / 20 ? advice(share) : '';
    return row(share.seconds, total, `${share.name}${hint === '' ? '' : ` → ${hint}`}`);
  });
  return rest > 0 ? [...lines, row(rest, total, `${causes.length - most} others`)] : lines;
}

function row(seconds: number, total: number, text: string): string {
  const percent = total === 0 ? 0 : (100 * seconds) / total;
  return `${readable(seconds).padStart(10)}  ${percent.toFixed(1).padStart(5)} %  ${text}`;
}

function workload({ kind, namespace, name, seconds, causes }: WorkloadPath): string[] {
  const top = causes[0];
  const why = top === undefined ? '' : `, ${readable(top.seconds)} of it ${top.name}`;
  return [`${readable(seconds).padStart(10)}  ${kind} ${namespace}/${name}${why}`];
}

function pods({ pods: waits, podCount }: CriticalPath): string[] {
  const head = `What ${podCount.toLocaleString('en-US')} pods waited for until they ran (half of them, 90 %, 99 % at most):`;
  return [head, ...waits.slice(0, PODS_SHOWN).map(podRow)];
}

function podRow({ name, p50, p90, p99 }: PodWait): string {
  return `${[p50, p90, p99].map((seconds) => readable(seconds).padStart(10)).join('')}  ${name}`;
}
