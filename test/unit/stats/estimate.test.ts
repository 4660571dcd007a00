import { describe, expect, test } from 'vitest';
import { batchEstimate } from '../../../src/stats/batch-estimate.js';
import { pairedDifference, welchDifference } from '../../../src/stats/difference.js';
import { estimate } from '../../../src/stats/estimate.js';
import { batchMeans, mser5 } from '../../../src/stats/warm-up.js';

describe('the mean of replications', () => {
  test('has the interval of the worked example of Law & Kelton, example 4.26', () => {
    // Ten observations; the book finds 1.34 ± 0.24 at 90 %.
    const values = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
    const { mean, halfWidth } = estimate(values, 0.9);
    expect(mean).toBeCloseTo(1.343, 3);
    expect(halfWidth).toBeCloseTo(0.24, 2);
  });

  test('of equal values is exact and certain', () => {
    expect(estimate([0.1, 0.1, 0.1])).toMatchObject({ mean: 0.1, halfWidth: 0, low: 0.1, high: 0.1 });
  });

  test('of one value is as uncertain as can be', () => {
    expect(estimate([7])).toMatchObject({ mean: 7, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  });
});

describe('the difference of two variants', () => {
  test('pair by pair is Gosset’s: his data of ten patients and two drugs give t = 4.06, p = 0.0028', () => {
    // Student, The probable error of a mean, Biometrika 6 (1908): hours of sleep gained.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const difference = pairedDifference(first, second);
    expect(difference.mean).toBeCloseTo(1.58, 10);
    expect(difference.low).toBeCloseTo(0.7001, 4);
    expect(difference.high).toBeCloseTo(2.4599, 4);
    expect(difference.direction).toBe('more');
    // As independent samples the same data say nothing: t = 1.861 with 17.8 degrees of freedom.
    const welch = welchDifference(first, second);
    expect(welch.low).toBeCloseTo(-0.2055, 4);
    expect(welch.high).toBeCloseTo(3.3655, 4);
    expect(welch.direction).toBe('unclear');
  });

  test('is claimed for equal pairs, and says by how much', () => {
    expect(pairedDifference([10, 20], [9, 19])).toMatchObject({ mean: -1, halfWidth: 0, direction: 'less' });
    expect(pairedDifference([10, 20], [9, 19]).effect).toBeCloseTo(-1 / 15, 12);
    expect(pairedDifference([5, 5], [5, 5]).direction).toBe('unclear');
  });

  test('is not claimed from one run each', () => {
    expect(pairedDifference([10], [5]).direction).toBe('unclear');
    expect(welchDifference([10], [5]).direction).toBe('unclear');
  });
});

describe('the warm-up', () => {
  test('is where a falling beginning turns into noise', () => {
    // The noise repeats with every batch: from 60 on all batches are alike, and none is worth leaving out.
    const series = Array.from({ length: 400 }, (_, index) => Math.max(0, 60 - index) + (index % 5));
    expect(mser5(series)).toBe(60);
  });

  test('of a series that is steady from the start is next to nothing', () => {
    expect(mser5(Array.from({ length: 200 }, (_, index) => index % 5))).toBe(0);
    expect(mser5([])).toBe(0);
  });

  test('is as the definition says, tried out beginning by beginning', () => {
    const series = Array.from({ length: 173 }, (_, index) => 40 / (index + 1) + ((index * 31) % 17) / 10);
    const batches = batchMeans(series, Math.floor(series.length / 5));
    const errors = batches.slice(0, Math.floor(batches.length / 2) + 1).map((_, start) => {
      const rest = batches.slice(start);
      const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
      return rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2;
    });
    expect(mser5(series)).toBe(5 * errors.indexOf(Math.min(...errors)));
  });
});

test('batches part a series in equal lengths and leave the odd end out', () => {
  expect(batchMeans([1, 3, 5, 7, 9, 11, 1000], 3)).toEqual([2, 6, 10]);
  expect(batchMeans([1], 0)).toEqual([]);
  expect(batchEstimate([1, 2, 3, 4, 5]).mean).toBe(3);
});
