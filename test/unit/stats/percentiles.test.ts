import { expect, test } from 'vitest';
import { percentiles } from '../../../src/stats/percentiles.js';

test('a percentile is the smallest value that N % of all do not exceed', () => {
  expect(percentiles([15, 20, 35, 40, 50], [5, 30, 40, 50, 100])).toEqual([15, 20, 20, 35, 50]);
  expect(percentiles([3, 1, 2], [0, 100])).toEqual([1, 3]);
});

test('N of exactly N hundredths needs no value more', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  for (let p = 1; p <= 100; p++) expect(percentiles(values, [p])).toEqual([p]);
  expect(percentiles(values, [99.9])).toEqual([100]);
});

test('the values are left in their order, and none give NaN', () => {
  const values = Float64Array.of(3, 1, 2);
  percentiles(values, [50]);
  expect([...values]).toEqual([3, 1, 2]);
  expect(percentiles([], [50])).toEqual([Number.NaN]);
});
