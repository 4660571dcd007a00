import { describe, expect, test } from 'vitest';
import { lnGamma } from '../../../src/stats/ln-gamma.js';
import { studentCdf, studentQuantile } from '../../../src/stats/student-t.js';

describe("Student's t", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.2, two-sided: three decimals.
  test.each([
    [1, 0.95, 12.706],
    [2, 0.95, 4.303],
    [4, 0.9, 2.132],
    [5, 0.99, 4.032],
    [9, 0.95, 2.262],
    [10, 0.9, 1.812],
    [19, 0.95, 2.093],
    [29, 0.99, 2.756],
    [30, 0.95, 2.042],
    [100, 0.95, 1.984],
    [100, 0.998, 3.174],
  ])('with %d degrees of freedom has the quantile of the published table for %d', (freedom, confidence, published) => {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(published, 3);
  });

  test('becomes the normal distribution with many degrees of freedom', () => {
    expect(studentQuantile(0.95, 1e7)).toBeCloseTo(1.959964, 5);
  });

  test.each([1, 2, 3, 4.5, 17, 250])('with %d degrees of freedom undoes its own quantile', (freedom) => {
    for (const confidence of [0.01, 0.5, 0.9, 0.95, 0.999]) {
      expect(studentCdf(studentQuantile(confidence, freedom), freedom)).toBeCloseTo((1 + confidence) / 2, 12);
    }
  });

  test('is what its closed forms for 1 and 2 degrees of freedom say', () => {
    for (const t of [-8, -0.3, 0, 0.5, 1, 25]) {
      expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
      expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13);
    }
  });

  test('refuses what has no answer', () => {
    expect(() => studentQuantile(1, 5)).toThrow(/between 0 and 1/);
    expect(() => studentCdf(0, 0)).toThrow(/degree of freedom/);
  });
});

test('lnGamma is the logarithm of factorials', () => {
  let factorial = 1;
  for (let n = 1; n < 20; n++) {
    expect(lnGamma(n)).toBeCloseTo(Math.log(factorial), 12);
    factorial *= n;
  }
  expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
});
