import { expect, test } from 'vitest';
import { AleaStream } from '../../../src/random/stream.js';
import { percentiles } from '../../../src/stats/percentiles.js';
import { SignedHistogram } from '../../../src/stats/signed-histogram.js';

const PS = [0, 1, 10, 37, 50, 90, 99, 100];

test.each([
  ['of either sign', -600, 1000],
  ['all below zero', -1000, 500],
  ['all above', 5, 700],
])('percentiles of values %s are those of the sorted values, within 0.4 %', (_, from, range) => {
  const stream = new AleaStream(`signed ${from}`);
  const values = Array.from({ length: 1001 }, () => from + stream.below(range));
  const histogram = new SignedHistogram();
  for (const value of values) histogram.record(value);
  const exact = percentiles(values, PS);
  for (const [i, p] of PS.entries())
    expect(Math.abs(histogram.percentile(p) - exact[i]!)).toBeLessThanOrEqual(0.004 * Math.abs(exact[i]!));
  expect(histogram.count).toBe(1001);
  expect(histogram.max).toBe(Math.max(...values));
});

test('a histogram without values has zeros', () => {
  expect(new SignedHistogram().percentile(50)).toBe(0);
  expect(new SignedHistogram().count).toBe(0);
});
