import type { RequestKey, RequestSeries } from '../measure/run-result.js';
import { csvRows } from './csv-reader.js';

/** A `requests.csv` as a run had it, but for the priority levels, which it does not tell. */
export function readRequestSeries(text: string, bucketNs: number): RequestSeries {
  const keys: RequestKey[] = [];
  const bucket: number[] = [];
  const key: number[] = [];
  const count: number[] = [];
  const known = new Map<string, number>();
  const rows = csvRows(text);
  rows.next();
  for (const [time, client, verb, resource, subresource, code, requests] of rows) {
    const sort = [client, verb, resource, subresource, code].join('\n');
    let index = known.get(sort);
    if (index === undefined) {
      index = keys.length;
      known.set(sort, index);
      const names = { client: client!, verb: verb!, resource: resource!, subresource: subresource! };
      keys.push({ ...names, code: Number(code), priorityLevel: '' });
    }
    bucket.push(Math.round((Number(time) * 1e9) / bucketNs));
    key.push(index);
    count.push(Number(requests));
  }
  return { bucketNs, keys, bucket, key, count };
}
