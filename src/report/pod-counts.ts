import type { PodRows, RunResult, Times } from '../measure/run-result.js';

/**
 * How many pods had reached each state at the end of each bucket; index 0 is time zero itself. Cumulative, except
 * `serving`: running and not being deleted.
 */
export interface PodCounts {
  readonly created: Int32Array;
  readonly bound: Int32Array;
  readonly running: Int32Array;
  readonly deleted: Int32Array;
  readonly gone: Int32Array;
  readonly serving: Int32Array;
}

/** Counts over `buckets` buckets of `bucketNs` from time zero on; one pass over the rows, no sorting. */
export function countPods(
  result: Pick<RunResult, 'pods' | 'timeZeroNs'>,
  bucketNs: number,
  buckets: number,
): PodCounts {
  const { pods, timeZeroNs } = result;
  const count = (timeOf: (row: number) => number): Int32Array => {
    const reached = new Int32Array(buckets + 1);
    for (let row = 0; row < pods.count; row += 1) {
      const timeNs = timeOf(row);
      if (timeNs < 0) continue;
      const bucket = Math.max(0, Math.ceil((timeNs - timeZeroNs) / bucketNs));
      if (bucket <= buckets) reached[bucket] = reached[bucket]! + 1;
    }
    for (let bucket = 1; bucket <= buckets; bucket += 1) reached[bucket] = reached[bucket]! + reached[bucket - 1]!;
    return reached;
  };
  const at = (times: Times) => (row: number) => times[row]!;
  const running = count(at(pods.runningNs));
  const stopped = count((row) => stopOf(pods, row));
  return {
    created: count(at(pods.createdNs)),
    bound: count(at(pods.boundNs)),
    running,
    deleted: count(at(pods.deletedNs)),
    gone: count(at(pods.goneNs)),
    serving: running.map((total, bucket) => total - stopped[bucket]!),
  };
}

/** When a pod that had been running stopped to serve: at its deletion, or at once when it ran only after that. */
function stopOf(pods: PodRows, row: number): number {
  const runningNs = pods.runningNs[row]!;
  if (runningNs < 0) return -1;
  const endNs = pods.deletedNs[row]! >= 0 ? pods.deletedNs[row]! : pods.goneNs[row]!;
  return endNs < 0 ? -1 : Math.max(endNs, runningNs);
}
