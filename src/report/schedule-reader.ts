import type { DroppedLine, ScheduleLine } from './schedule-lines.js';

/** What a `scheduling.ndjson` says of one pod. */
export interface PodRecord {
  readonly lines: readonly ScheduleLine[];
  /** Entries that found no room in the record, of whatever pods. */
  readonly dropped: number;
}

/** Picks the lines of one pod, `NAMESPACE/NAME`, out of the text of a `scheduling.ndjson`. */
export function readPodRecord(text: string, pod: string): PodRecord {
  const head = `{"pod":${JSON.stringify(pod)},`;
  const lines: ScheduleLine[] = [];
  let dropped = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    // Only what is wanted is parsed: a record may have hundreds of thousands of lines.
    if (text.startsWith(head, start)) lines.push(JSON.parse(text.slice(start, stop)) as ScheduleLine);
    else if (text.startsWith('{"dropped":', start))
      dropped = (JSON.parse(text.slice(start, stop)) as DroppedLine).dropped;
    start = stop + 1;
  }
  return { lines, dropped };
}
