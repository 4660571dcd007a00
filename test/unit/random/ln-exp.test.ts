import { expect, test } from 'vitest';
import { exp } from '../../../src/random/exp.js';
import { ln } from '../../../src/random/ln.js';
import { AleaStream } from '../../../src/random/stream.js';

/** How many units in the last place of `expected` the two are apart. */
function ulps(value: number, expected: number): number {
  if (value === expected) return 0;
  return Math.abs(value - expected) / 2 ** (Math.floor(Math.log2(Math.abs(expected))) - 52);
}

test('ln is within two units in the last place over all doubles', () => {
  const stream = new AleaStream('ln');
  let worst = 0;
  for (let index = 0; index < 100_000; index++) {
    const x = 2 ** ((stream.uniform() - 0.5) * (index % 2 === 0 ? 2_040 : 4)) * (1 + stream.uniform());
    worst = Math.max(worst, ulps(ln(x), Math.log(x)));
  }
  expect(worst).toBeLessThanOrEqual(2);
});

test('exp is within two units in the last place over its whole range', () => {
  const stream = new AleaStream('exp');
  let worst = 0;
  for (let index = 0; index < 100_000; index++) {
    const x = (stream.uniform() - 0.5) * (index % 2 === 0 ? 1_415 : 4);
    worst = Math.max(worst, ulps(exp(x), Math.exp(x)));
  }
  expect(worst).toBeLessThanOrEqual(2);
});

test('the edges are those of the standard functions', () => {
  for (const x of [0, -0, 1, -1, 5e-324, 2 ** -1022, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(ln(x), `ln ${x}`).toBe(Math.log(x));
  }
  for (const x of [0, -0, 709.7, 710, -745, -746, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
    expect(ulps(exp(x), Math.exp(x)) || 0, `exp ${x}`).toBeLessThanOrEqual(2);
  }
  expect(exp(Number.NaN)).toBeNaN();
});
