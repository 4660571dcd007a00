import type { WatchSeries } from '../measure/run-result.js';
import { csvRows } from './csv-reader.js';

/** Columns of `timeline.csv`, counted from the end: before them stand pods and requests. */
const WATCH_COLUMNS = 4;

/** What a `timeline.csv` says of watches; its first row is time zero, before any bucket. */
export function readWatchSeries(text: string, bucketNs: number): WatchSeries {
  const columns: number[][] = [[], [], [], []];
  const rows = csvRows(text);
  rows.next();
  rows.next();
  for (const fields of rows)
    for (const [at, field] of fields.slice(-WATCH_COLUMNS).entries()) columns[at]!.push(Number(field));
  const [events, lagP50, lagP99, lagMax] = columns as [number[], number[], number[], number[]];
  return { bucketNs, events, lagP50, lagP99, lagMax };
}
