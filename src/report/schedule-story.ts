import { readable } from './charts/time-unit.js';
import type { ScheduleLine } from './schedule-lines.js';
import { scheduleWaits } from './schedule-waits.js';

/** A pod as `pods.csv` knows it; times in seconds since time zero, undefined for never. */
export interface ScheduledPod {
  /** `NAMESPACE/NAME`. */
  readonly name: string;
  /** `ReplicaSet/web-5d4f8`; `''` without a controller. */
  readonly owner: string;
  /** `''` when never bound. */
  readonly node: string;
  readonly created: number;
  readonly bound: number | undefined;
}

const INDENT = ' '.repeat(15);

/** How one pod came to its node, or why it did not, in words; ends with a newline. */
export function scheduleStory(pod: ScheduledPod, lines: readonly ScheduleLine[]): string {
  const told = [at(pod.created, 'created'), ...lines.flatMap(tell), ...ending(pod, lines)];
  const waits = scheduleWaits(pod.created, lines).map(({ reason, seconds }) => `  ${readable(seconds)} for ${reason}`);
  const waited = waits.length === 0 ? [] : ['', 'it waited', ...waits];
  return `${[title(pod), '', ...told, ...waited].join('\n')}\n`;
}

function title({ name, owner, node, created, bound }: ScheduledPod): string {
  const what = owner === '' ? `pod ${name}` : `pod ${name} of ${owner}`;
  if (bound === undefined) return `${what}: not bound to any node`;
  return `${what}: on ${node}, ${readable(bound - created)} after its creation`;
}

function ending({ node }: ScheduledPod, lines: readonly ScheduleLine[]): string[] {
  if (lines.length > 0) return [];
  return [
    node === '' ? `${INDENT}no scheduler ever heard of it` : `${INDENT}it came with its node; no scheduler chose it`,
  ];
}

function at(seconds: number, text: string): string {
  return `${seconds.toFixed(6).padStart(12)} s ${text}`;
}

function tell(line: ScheduleLine): string[] {
  switch (line.what) {
    case 'queued':
      return [at(line.at, queuedText(line.pool, line.cause))];
    case 'attempt':
      return [at(line.at, attemptText(line)), ...rejectionTexts(line), ...scoreTable(line.scores)];
    case 'preempting':
      return [at(line.at, `makes room on ${line.node}: ${line.victims.join(', ')} must go`)];
    case 'failed':
      return [at(line.at, `failed: ${line.message}`)];
    case 'binding':
      return [at(line.at, line.reason === '' ? 'bound' : `the binding was rejected: ${line.code} ${line.reason}`)];
  }
}

function queuedText(pool: string, cause: string): string {
  switch (pool) {
    case 'active':
      return `queued: ${cause}`;
    case 'gated':
      return `kept out of the queue by ${cause}`;
    case 'unschedulable':
      return 'set aside until an event may help';
    default:
      return `backs off: ${cause}`;
  }
}

type Attempt = Extract<ScheduleLine, { what: 'attempt' }>;

function attemptText({ number, nodes, feasible, node }: Attempt): string {
  if (node === '') return `attempt ${number}: none of ${nodes} nodes fits`;
  if (feasible === 1) return `attempt ${number}: takes ${node}, the only node in question`;
  return `attempt ${number}: takes ${node}, out of ${feasible} that fit among the nodes it looked at`;
}

function rejectionTexts({ rejections, nodes }: Attempt): string[] {
  return rejections.map((one) => `${INDENT}  ${one.nodes} of ${nodes} rejected by ${one.plugin}: ${one.reason}`);
}

/** The nodes and what each plugin gave them, 0 to 100; the heads have the weights. */
function scoreTable(scores: Attempt['scores']): string[] {
  const [first] = scores;
  if (first === undefined) return [];
  const heads = ['node', 'total', ...first.byPlugin.map(({ plugin, weight }) => `${plugin}×${weight}`)];
  const rows = scores.map(({ node, total, byPlugin }) =>
    [node, total, ...byPlugin.map(({ score }) => score)].map(String),
  );
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!);
  return [heads, ...rows].map((row) => `${INDENT}  ${row.map(cell).join('  ')}`);
}
