import type { RunResult } from '../measure/run-result.js';
import { csvSeconds, csvText } from './csv.js';

/** `requests.csv`: answered requests by sort in each bucket (a second); `time` is where the bucket begins. */
export function* requestsCsv(result: RunResult): Generator<string, void, void> {
  const { bucketNs, keys, bucket, key, count } = result.requests;
  const sorts = keys.map(
    (sort) =>
      `${csvText(sort.client)},${csvText(sort.verb)},${csvText(sort.resource)},${csvText(sort.subresource)},${sort.code}`,
  );
  yield 'time,client,verb,resource,subresource,code,count';
  for (let row = 0; row < bucket.length; row += 1)
    yield `${csvSeconds(bucket[row]! * bucketNs)},${sorts[key[row]!]!},${count[row]!}`;
}
