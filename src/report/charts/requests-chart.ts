import type { RequestSeries } from '../../measure/run-result.js';
import type { ChartedRun } from '../reported-run.js';
import type { ChartFile, Point } from './chart-file.js';
import { COLUMNS, lineOptions, PALETTE } from './look.js';
import { timeMarks } from './time-marks.js';
import { timeUnit, trim } from './time-unit.js';

/** Clients with a colour of their own; the others are one. */
const CLIENTS_SHOWN = 6;

/** Requests a second that the hub answered, by client. */
export function requestsChart(result: ChartedRun): ChartFile {
  const lengthNs = result.endNs - result.timeZeroNs;
  const unit = timeUnit(lengthNs);
  const { requests, summary } = result;
  const shares = byClient(requests, Math.ceil(lengthNs / requests.bucketNs));
  const shown = fullestBuckets(shares);
  const busiest = shares[0];
  const most = busiest === undefined ? '' : `, most from ${busiest.client}`;
  const title = `Up to ${trim(summary.hub.rate.peak)} requests a second${most}`;
  return {
    name: 'requests.png',
    configuration: {
      type: 'line',
      data: {
        datasets: shares.map(({ client, counts }, index) => ({
          label: client,
          borderWidth: 0,
          backgroundColor: PALETTE[index]!,
          fill: true,
          stepped: true,
          data: shown.map(
            ({ startBucket, bucket }): Point => ({
              x: (startBucket * requests.bucketNs) / unit.ns,
              y: (counts[bucket]! * 1e9) / requests.bucketNs,
            }),
          ),
        })),
      },
      options: lineOptions(title, unit, { title: 'requests a second', whole: true, stacked: true }),
      plugins: [timeMarks(result, unit.ns)],
    },
  };
}

interface Share {
  readonly client: string;
  /** Requests in each bucket. */
  readonly counts: Float64Array;
}

/** The busiest clients first, the rest together. */
function byClient(requests: RequestSeries, buckets: number): Share[] {
  const totals = new Map<string, number>();
  for (let row = 0; row < requests.bucket.length; row += 1) {
    const { client } = requests.keys[requests.key[row]!]!;
    totals.set(client, (totals.get(client) ?? 0) + requests.count[row]!);
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([client]) => client);
  const shown = ranked.length > CLIENTS_SHOWN + 1 ? ranked.slice(0, CLIENTS_SHOWN) : ranked;
  const shares = shown.map((client): Share => ({ client, counts: new Float64Array(buckets) }));
  if (shown.length < ranked.length) {
    const client = `${ranked.length - shown.length} others`;
    shares.push({ client, counts: new Float64Array(buckets) });
  }
  const index = new Map(ranked.map((client, rank) => [client, Math.min(rank, shares.length - 1)]));
  for (let row = 0; row < requests.bucket.length; row += 1) {
    const { counts } = shares[index.get(requests.keys[requests.key[row]!]!.client)!]!;
    const bucket = Math.min(requests.bucket[row]!, buckets - 1);
    counts[bucket] = counts[bucket]! + requests.count[row]!;
  }
  return shares;
}

/** A column of the chart: where it starts, and the bucket that stands for it. */
interface Column {
  readonly startBucket: number;
  readonly bucket: number;
}

/**
 * Of each column of buckets the one with most requests, the same for all clients, so that no peak gets lost and none
 * is made up. The last column stands twice: a step needs an end.
 */
function fullestBuckets(shares: readonly Share[]): Column[] {
  const buckets = shares[0]?.counts.length ?? 0;
  const width = Math.max(1, Math.ceil(buckets / COLUMNS));
  const total = (bucket: number): number => shares.reduce((sum, { counts }) => sum + counts[bucket]!, 0);
  const shown: Column[] = [];
  for (let startBucket = 0; startBucket < buckets; startBucket += width) {
    let fullest = startBucket;
    for (let bucket = startBucket; bucket < Math.min(startBucket + width, buckets); bucket += 1)
      if (total(bucket) > total(fullest)) fullest = bucket;
    shown.push({ startBucket, bucket: fullest });
  }
  const last = shown.at(-1);
  return last === undefined ? [] : [...shown, { startBucket: buckets, bucket: last.bucket }];
}
