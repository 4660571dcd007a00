import type { RunResult } from '../measure/run-result.js';
import { csvSeconds } from './csv.js';
import { countPods } from './pod-counts.js';

const HEADER =
  'time,created,bound,running,deleted,gone,serving,requests,watchEvents,watchLagP50,watchLagP99,watchLagMax';

/**
 * `timeline.csv`: one row a bucket (a second, unless the run measured finer). Pod columns count what had happened by
 * `time`, pods from before time zero included; `serving` are those running and not being deleted. Requests, watch
 * events and their lag in seconds (empty where none was delivered) are those of the bucket that ends at `time`. The
 * first row is time zero.
 */
export function* timelineCsv(result: RunResult): Generator<string, void, void> {
  const { watch, requests } = result;
  const bucketNs = watch.bucketNs;
  const lengthNs = result.endNs - result.timeZeroNs;
  const buckets = Math.ceil(lengthNs / bucketNs);
  const pods = countPods(result, bucketNs, buckets);
  const requestCount = new Int32Array(buckets + 1);
  for (let row = 0; row < requests.bucket.length; row += 1) {
    const bucket = Math.min(Math.floor((requests.bucket[row]! * requests.bucketNs) / bucketNs) + 1, buckets);
    requestCount[bucket] = requestCount[bucket]! + requests.count[row]!;
  }
  yield HEADER;
  for (let row = 0; row <= buckets; row += 1) {
    const time = csvSeconds(Math.min(row * bucketNs, lengthNs));
    const states = [pods.created, pods.bound, pods.running, pods.deleted, pods.gone, pods.serving];
    const delivered = watch.events[row - 1] ?? 0;
    const lags = [watch.lagP50, watch.lagP99, watch.lagMax].map((lag) =>
      csvSeconds(delivered === 0 ? undefined : Math.round(lag[row - 1]! * 1e9)),
    );
    const hub = [requestCount[row]!, delivered, ...lags];
    yield [time, ...states.map((state) => state[row]!), ...hub].join(',');
  }
}
