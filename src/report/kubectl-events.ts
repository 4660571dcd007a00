import type { EventEntry, EventLog } from '../measure/event-log.js';

const HEAD = ['NAMESPACE', 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'] as const;

/** What `kubectl get events -A` would print at the end of a run, oldest first. */
export function* kubectlEvents({ entries }: Pick<EventLog, 'entries'>, endNs: number): Generator<string, void, void> {
  const ordered = [...entries].sort((a, b) => a.lastNs - b.lastNs);
  const rows = ordered.map((entry) => rowOf(entry, endNs));
  const widths = HEAD.map((head, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]!.length), head.length),
  );
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === HEAD.length - 1 ? cell : cell.padEnd(widths[column]! + 3))).join('');
  yield line(HEAD);
  for (const row of rows) yield line(row);
}

function rowOf(
  { namespace, type, reason, message, involved, firstNs, lastNs, count }: EventEntry,
  endNs: number,
): string[] {
  const last = humanDuration(endNs - lastNs);
  const seen = count > 1 ? `${last} (x${count} over ${humanDuration(endNs - firstNs)})` : last;
  const object = `${involved.kind.toLowerCase()}/${involved.name}`;
  return [namespace, seen, type, reason, object, message].map(oneLine);
}

/** A table has one row a line, whatever stands in a message. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** As kubectl writes ages (apimachinery pkg/util/duration HumanDuration). */
export function humanDuration(durationNs: number): string {
  const seconds = Math.floor(durationNs / 1e9);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  const two = (whole: number, unit: string, rest: number, small: string): string =>
    rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${small}`;
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (hours < 3) return `${minutes}m`;
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  return days < 8 ? two(days, 'd', hours % 24, 'h') : `${days}d`;
}
