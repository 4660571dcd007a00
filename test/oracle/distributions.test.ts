import { expect, test } from 'vitest';
import type { Distribution } from '../../src/random/distribution.js';
import { Empirical } from '../../src/random/empirical.js';
import { Exponential } from '../../src/random/exponential.js';
import { Lognormal } from '../../src/random/lognormal.js';
import { Normal } from '../../src/random/normal.js';
import { normalQuantile } from '../../src/random/normal-quantile.js';
import { Pareto } from '../../src/random/pareto.js';
import { Streams } from '../../src/random/streams.js';
import { Uniform } from '../../src/random/uniform.js';
import { Weibull } from '../../src/random/weibull.js';

// Goal: each distribution is the one it says. Method: the share of 200,000 samples below known quantiles must be within
// 99.9 % of the binomial around the theory's, and the mean within five of its own standard errors.

const COUNT = 200_000;
const SHARES = [0.01, 0.1, 0.5, 0.9, 0.99];

const cases: readonly [Distribution, mean: number, quantile: (p: number) => number][] = [
  [new Uniform(2, 6), 4, (p) => 2 + 4 * p],
  [new Exponential(3), 3, (p) => -3 * Math.log(1 - p)],
  [new Normal(10, 2), 10, (p) => 10 + 2 * normalQuantile(p)],
  [
    Lognormal.ofPercentiles(1, 5),
    Math.exp((Math.log(5) / 2.3263478740408408) ** 2 / 2),
    (p) => 5 ** (normalQuantile(p) / 2.3263478740408408),
  ],
  [
    Lognormal.ofMoments(4, 2),
    4,
    (p) => Math.exp(Math.log(4) - Math.log(1.25) / 2 + Math.sqrt(Math.log(1.25)) * normalQuantile(p)),
  ],
  [new Pareto(2, 3), 3, (p) => 2 * (1 - p) ** (-1 / 3)],
  [new Weibull(2, 2), Math.sqrt(Math.PI), (p) => 2 * Math.sqrt(-Math.log(1 - p))],
];

test.each(cases)('$text has the quantiles and the mean of theory', (distribution, mean, quantile) => {
  const stream = new Streams(42).stream(distribution.text);
  const samples = Float64Array.from({ length: COUNT }, () => distribution.sample(stream));
  for (const share of SHARES) {
    const below = samples.filter((sample) => sample < quantile(share)).length / COUNT;
    expect(Math.abs(below - share), `share below p${share * 100}`).toBeLessThan(
      3.3 * Math.sqrt((share * (1 - share)) / COUNT),
    );
  }
  const sampleMean = samples.reduce((sum, sample) => sum + sample, 0) / COUNT;
  const deviation = Math.sqrt(samples.reduce((sum, sample) => sum + (sample - sampleMean) ** 2, 0) / COUNT);
  expect(distribution.mean).toBeCloseTo(mean, 9);
  expect(Math.abs(sampleMean - mean)).toBeLessThan((5 * deviation) / Math.sqrt(COUNT));
});

test('empirical values come as often as their weights say', () => {
  const distribution = new Empirical([1, 5, 9], [3, 0, 1]);
  const stream = new Streams(42).stream('empirical');
  const counts = new Map<number, number>();
  for (let index = 0; index < COUNT; index++) {
    const value = distribution.sample(stream);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([1, 9]);
  expect(Math.abs(counts.get(9)! / COUNT - 0.25)).toBeLessThan(0.004);
});

test('the normal quantile inverts the normal distribution', () => {
  // Known values to 15 digits.
  const known = [
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.999, 3.090232306167813],
    [1e-10, -6.361340902404056],
  ] as const;
  for (const [p, z] of known) expect(normalQuantile(p)).toBeCloseTo(z, 13);
  // And by integrating the density from 0 to z with Simpson's rule.
  for (let p = 0.51; p < 0.9999; p += 0.01) {
    const z = normalQuantile(p);
    const step = z / 200;
    let sum = 0;
    for (let index = 0; index <= 200; index++) {
      sum += (index === 0 || index === 200 ? 1 : index % 2 === 0 ? 2 : 4) * Math.exp(-((index * step) ** 2) / 2);
    }
    expect(0.5 + (sum * step) / 3 / Math.sqrt(2 * Math.PI)).toBeCloseTo(p, 9);
  }
});
