import { formatTimestamp } from './civil-date.js';

/** Virtual nanoseconds as an API time; the run begins at the epoch. -1 is no time at all. */
export function timestamp(timeNs: number): string | undefined {
  return timeNs < 0 ? undefined : formatTimestamp(timeNs);
}
