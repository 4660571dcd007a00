import type { ScheduleLine } from './schedule-lines.js';

/** What a pod waited for on its way to a node, and how long in all, in the order in which it met them first. */
export interface Wait {
  readonly reason: string;
  readonly seconds: number;
}

/** Reasons by pool of the scheduler's queue. */
const POOLS: Readonly<Record<string, string>> = {
  active: 'its turn in the queue',
  backoff: 'its backoff',
  'error-backoff': 'its backoff after an error',
  gated: 'a gate',
};

/**
 * Adds up the time of one pod between its creation and its binding by what it waited for. `created` is in seconds
 * since time zero; `lines` are those of the pod, in order of time.
 */
export function scheduleWaits(created: number, lines: readonly ScheduleLine[]): readonly Wait[] {
  const waits = new Map<string, number>();
  const add = (reason: string, seconds: number): void => {
    if (seconds > 0) waits.set(reason, (waits.get(reason) ?? 0) + seconds);
  };
  let reason = 'the scheduler to hear of it';
  let since = created;
  for (const line of lines) {
    if (line.what === 'binding') {
      add(reason, line.issued - since);
      add('the rate limiter of the scheduler', line.sent - line.issued);
      add('the answer to its binding', line.at - line.sent);
    } else {
      add(line.what === 'queued' && reason === REJECTED ? `${reason}: ${line.cause}` : reason, line.at - since);
    }
    since = line.at;
    reason = reasonAfter(line, reason);
  }
  return [...waits].map(([what, seconds]) => ({ reason: what, seconds }));
}

const REJECTED = 'an event that may help';

/** What a pod waits for once this has happened to it. */
function reasonAfter(line: ScheduleLine, before: string): string {
  if (line.what === 'queued') return POOLS[line.pool] ?? REJECTED;
  if (line.what === 'attempt') return 'the scheduler to decide';
  return line.what === 'failed' ? 'the scheduler to put it back' : before;
}
