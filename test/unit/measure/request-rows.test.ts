import { expect, test } from 'vitest';
import { RequestRows } from '../../../src/measure/request-rows.js';

/** One of sort 0 each second, ten of sort 1 every third, counted as the request log does. */
function filled(seconds: number, rowsMax: number): RequestRows {
  const rows = new RequestRows(1e9, rowsMax);
  const counts = [0, 0];
  let bucket = 0;
  for (let second = 0; second <= seconds; second++) {
    const now = Math.floor((second * 1e9) / rows.bucketNs);
    if (now !== bucket || second === seconds) {
      for (const [key, count] of counts.entries()) if (count > 0) rows.push(bucket, key, count);
      counts.fill(0);
      bucket = rows.widen(now) ? now / 2 : now;
    }
    counts[0]!++;
    if (second % 3 === 0) counts[1]! += 10;
  }
  return rows;
}

test('buckets get wider before there are too many, and nothing is lost', () => {
  const rows = new RequestRows(1e9, 4);
  for (const [bucket, key, count] of [
    [0, 0, 1],
    [0, 1, 2],
    [1, 0, 4],
    [2, 1, 8],
    [5, 0, 16],
  ] as const)
    rows.push(bucket, key, count);
  expect(rows.widen(7)).toBe(false);
  expect(rows.widen(6)).toBe(true);
  expect(rows.bucketNs).toBe(2e9);
  expect(rows.lists()).toEqual({ bucket: [0, 0, 1, 2], key: [0, 1, 1, 0], count: [5, 2, 8, 16] });
});

test('a week takes no more rows than an hour', () => {
  const rows = filled(7 * 24 * 3600, 1000);
  expect(rows.length).toBeLessThan(1100);
  expect(rows.bucketNs).toBeGreaterThan(1e9);
  const sums = [0, 0];
  const { key: keys, count } = rows.lists();
  keys.forEach((key, row) => {
    sums[key]! += count[row]!;
  });
  expect(sums).toEqual([7 * 24 * 3600, 10 * 7 * 24 * 1200]);
});
