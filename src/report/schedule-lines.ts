import type { RunResult } from '../measure/run-result.js';
import type { ScheduleEntry, ScheduleEvent } from '../measure/schedule-log.js';

/** A line of `scheduling.ndjson`: what happened to a pod, at a time in seconds since time zero. */
export type ScheduleLine = { readonly pod: string; readonly at: number } & LineEvent;

type LineEvent = Exclude<ScheduleEvent, { what: 'binding' }> | BindingLine;

/** `issued`, `sent` and `arrived` are seconds since time zero too. */
interface BindingLine {
  readonly what: 'binding';
  readonly issued: number;
  readonly sent: number;
  readonly arrived: number;
  readonly code: number;
  readonly reason: string;
}

/** The last line of a record that found its bound. */
export interface DroppedLine {
  readonly dropped: number;
}

/** `scheduling.ndjson`: everything the scheduler did about each pod, in order of time; empty without a record. */
export function* schedulingNdjson(result: RunResult): Generator<string, void, void> {
  for (const line of scheduleLines(result)) yield JSON.stringify(line);
  const dropped = result.scheduling?.dropped ?? 0;
  if (dropped > 0) yield JSON.stringify({ dropped } satisfies DroppedLine);
}

export function* scheduleLines({ scheduling, pods, timeZeroNs }: RunResult): Generator<ScheduleLine, void, void> {
  const seconds = (timeNs: number): number => (timeNs - timeZeroNs) / 1e9;
  for (const { podId, atNs, ...event } of scheduling?.entries ?? []) {
    const head = { pod: `${pods.namespace[podId]}/${pods.name[podId]}`, at: seconds(atNs) };
    yield { ...head, ...lineEvent(event, seconds) };
  }
}

/** An entry without what all entries have. */
type BareEntry = Omit<ScheduleEntry, 'podId' | 'atNs'> & ScheduleEvent;

function lineEvent(event: BareEntry, seconds: (timeNs: number) => number): LineEvent {
  if (event.what !== 'binding') return event;
  const { what, issuedNs, sentNs, arrivedNs, code, reason } = event;
  return { what, issued: seconds(issuedNs), sent: seconds(sentNs), arrived: seconds(arrivedNs), code, reason };
}
