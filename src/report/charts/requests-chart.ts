import type { RequestSeries, RunResult } from '../../measure/run-result.js';
import type { ChartFile, Point } from './chart-file.js';
import { COLUMNS, lineOptions, PALETTE } from './look.js';
import { timeUnit, trim } from './time-unit.js';

/** Clients with a colour of their own; the others are one. */
const CLIENTS_SHOWN = 6;

/** Requests a second that the hub answered, by client. */
export function requestsChart(result: RunResult): ChartFile {
  const lengthNs = result.endNs - result.timeZeroNs;
  const unit = timeUnit(lengthNs);
  const { requests, summary } = result;
  const shares = byClient(requests, Math.ceil(lengthNs / requests.bucketNs));
  // Whole buckets a column, and of each column the fullest bucket, so that no peak gets lost.
  const width = Math.max(1, Math.ceil(lengthNs / requests.bucketNs / COLUMNS));
  const point = (rate: number, column: number): Point => ({
    x: (column * width * requests.bucketNs) / unit.ns,
    y: rate,
  });
  const busiest = shares[0];
  const most = busiest === undefined ? '' : `, most from ${busiest.client}`;
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
          data: columns(counts, width, requests.bucketNs).map(point),
        })),
      },
      options: lineOptions(
        `Up to ${trim(summary.hub.rate.peak)} requests a second${most}`,
        unit,
        'requests a second',
        true,
      ),
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

/** Requests a second in each column of `width` buckets, and once more at the end, so that the last step has a width. */
function columns(counts: Float64Array, width: number, bucketNs: number): number[] {
  const rates: number[] = [];
  for (let start = 0; start < counts.length; start += width)
    rates.push((Math.max(...counts.subarray(start, start + width)) * 1e9) / bucketNs);
  return [...rates, rates.at(-1) ?? 0];
}
