import type { Call } from '../api/call.js';
import type { Pod } from '../api/pod.js';
import type { SchedulingAttempt } from '../api/scheduling-attempt.js';

/** Entries kept at most: about 100 MB of memory, and as much on disk. */
const ENTRIES_MAX = 300_000;

/** Something that happened to a pod on its way to a node. Times are engine times in nanoseconds. */
export type ScheduleEntry = { readonly podId: number; readonly atNs: number } & ScheduleEvent;

export type ScheduleEvent =
  | { readonly what: 'queued'; readonly pool: string; readonly cause: string }
  | ({ readonly what: 'attempt' } & Omit<SchedulingAttempt, 'pod'>)
  | { readonly what: 'preempting'; readonly node: string; readonly victims: readonly string[] }
  | { readonly what: 'failed'; readonly message: string; readonly nominatedNode: string }
  | ({ readonly what: 'binding' } & BindingTimes);

/** A binding that was answered: how long it waited where. */
export interface BindingTimes {
  /** Asked for, before the client's rate limiter. */
  readonly issuedNs: number;
  /** Left the client. */
  readonly sentNs: number;
  /** Came to the API server. */
  readonly arrivedNs: number;
  readonly code: number;
  /** Why it failed; `''` if it did not. */
  readonly reason: string;
}

/**
 * Everything the scheduler did about each pod, in order of time, up to a bound; with `concerns`, only about some pods.
 * It hears of the scheduler as a probe and touches nothing.
 */
export class ScheduleLog {
  readonly entries: ScheduleEntry[];
  /** Entries that found no room; `explain` runs the scenario again for their pods alone. */
  dropped: number;
  private readonly concerns: (pod: Pod) => boolean;
  private readonly max: number;

  constructor(concerns: (pod: Pod) => boolean = () => true, max: number = ENTRIES_MAX) {
    this.entries = [];
    this.dropped = 0;
    this.concerns = concerns;
    this.max = max;
  }

  queued(pod: Pod, pool: string, cause: string, nowNs: number): void {
    this.add(pod, nowNs, { what: 'queued', pool, cause });
  }

  attempted({ pod, ...attempt }: SchedulingAttempt, nowNs: number): void {
    this.add(pod, nowNs, { what: 'attempt', ...attempt });
  }

  preempting(pod: Pod, node: string, victims: readonly Pod[], nowNs: number): void {
    const names = victims.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    this.add(pod, nowNs, { what: 'preempting', node, victims: names });
  }

  failed(pod: Pod, message: string, nominatedNode: string, nowNs: number): void {
    this.add(pod, nowNs, { what: 'failed', message, nominatedNode });
  }

  bindingAnswered(pod: Pod, call: Call, nowNs: number): void {
    const { issuedNs, sentNs, arrivedNs, code, reason } = call;
    this.add(pod, nowNs, { what: 'binding', issuedNs, sentNs, arrivedNs, code, reason });
  }

  private add(pod: Pod, atNs: number, event: ScheduleEvent): void {
    if (!this.concerns(pod)) return;
    if (this.entries.length < this.max) this.entries.push({ podId: pod.id, atNs, ...event });
    else this.dropped++;
  }
}
