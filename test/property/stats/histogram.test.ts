import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram } from '../../../src/stats/histogram.js';
import { percentiles } from '../../../src/stats/percentiles.js';

const value = fc.oneof(
  fc.nat(1_000),
  fc.maxSafeNat(),
  fc.double({ min: 1e-9, max: 1e18, noNaN: true }),
  fc.constant(0),
);
const values = fc.array(value, { minLength: 1, maxLength: 300 });
const PS = [0, 1, 10, 50, 90, 99, 99.9, 100];
const settings = { seed: 42, numRuns: 200 };

function of(recorded: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const each of recorded) histogram.record(each);
  return histogram;
}

test('percentiles are within 0.4 % of the exact ones; the largest is exact', () => {
  fc.assert(
    fc.property(values, (recorded) => {
      const histogram = of(recorded);
      percentiles(recorded, PS).forEach((exact, index) => {
        expect(Math.abs(histogram.percentile(PS[index]!) - exact)).toBeLessThanOrEqual(0.004 * exact);
      });
      expect(histogram.percentile(100)).toBe(Math.max(...recorded));
      expect(histogram.count).toBe(recorded.length);
    }),
    settings,
  );
});

test('a histogram that was cleared is as a new one', () => {
  fc.assert(
    fc.property(values, values, (before, recorded) => {
      const histogram = of(before);
      histogram.clear();
      expect([histogram.count, histogram.sum, histogram.percentile(50)]).toEqual([0, 0, 0]);
      for (const each of recorded) histogram.record(each);
      const { firstBucket, ...data } = histogram.toJSON();
      const { firstBucket: expectedBucket, ...expected } = of(recorded).toJSON();
      expect(data).toEqual(expected);
      if (data.counts.length > 0) expect(firstBucket).toBe(expectedBucket);
      expect(PS.map((p) => histogram.percentile(p))).toEqual(PS.map((p) => of(recorded).percentile(p)));
    }),
    settings,
  );
});

test('two histograms merged are the histogram of both', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      const merged = of(one);
      merged.merge(of(other));
      const together = of([...one, ...other]);
      for (const p of PS) expect(merged.percentile(p)).toBe(together.percentile(p));
      const { sum: mergedSum, ...rest } = merged.toJSON();
      const { sum, ...expected } = together.toJSON();
      expect(rest).toEqual(expected);
      expect(mergedSum).toBeCloseTo(sum, -Math.floor(Math.log10(sum + 1)) + 9);
    }),
    settings,
  );
});

test('a histogram survives JSON', () => {
  fc.assert(
    fc.property(values, (recorded) => {
      const histogram = of(recorded);
      const copy = Histogram.fromJSON(JSON.parse(JSON.stringify(histogram)));
      expect(copy.toJSON()).toEqual(histogram.toJSON());
      copy.record(7);
      histogram.record(7);
      for (const p of PS) expect(copy.percentile(p)).toBe(histogram.percentile(p));
    }),
    settings,
  );
});

test('an empty histogram has zeros, and what is no size is refused', () => {
  const histogram = new Histogram();
  expect([histogram.percentile(50), histogram.mean, histogram.count]).toEqual([0, 0, 0]);
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => histogram.record(wrong)).toThrow('a histogram takes no');
  }
});

test('recording a value many times is recording it many times', () => {
  const histogram = new Histogram();
  histogram.recordMany(5, 1_000);
  histogram.recordMany(8, 0);
  expect([histogram.count, histogram.sum, histogram.mean, histogram.max]).toEqual([1_000, 5_000, 5, 5]);
});
