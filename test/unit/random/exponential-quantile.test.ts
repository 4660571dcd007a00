import { expect, test } from 'vitest';
import { exponentialQuantile } from '../../../src/random/exponential-quantile.js';
import { AleaStream } from '../../../src/random/stream.js';

test('it is −ln(1−u) for every draw a stream can give', () => {
  const stream = new AleaStream('quantile');
  const draws = Array.from({ length: 50_000 }, () => stream.uniform());
  for (let power = 1; power <= 32; power++) draws.push(2 ** -power, 1 - 2 ** -power);
  for (const u of draws) {
    const expected = -Math.log1p(-u);
    const difference = Math.abs(exponentialQuantile(u) - expected);
    expect(difference, `u = ${u}`).toBeLessThan(6e-16 * Math.max(1, expected));
  }
  expect(exponentialQuantile(0)).toBe(0);
});

test('it grows with u, so that a larger draw is a longer wait', () => {
  for (let u = 0; u < 1 - 2 ** -32; u += 2 ** -14) {
    expect(exponentialQuantile(u + 2 ** -32)).toBeGreaterThan(exponentialQuantile(u));
  }
});
