import { describe, expect, test } from 'vitest';
import { DurationDistribution } from '../../../src/random/duration-distribution.js';
import { parseDistribution } from '../../../src/random/parse-distribution.js';
import { Streams } from '../../../src/random/streams.js';
import { wholeNs } from '../../../src/random/whole-ns.js';

function parseMs(text: string): number {
  const match = /^(-?[\d.]+)ms$/.exec(text);
  if (match === null) throw new Error(`"${text}" is not a duration such as 5ms`);
  return Number(match[1]) * 1_000_000;
}

test('a plain value is constant and draws nothing', () => {
  const distribution = parseDistribution(' 3ms ', parseMs);
  const stream = new Streams(1).stream('x');
  expect(distribution.sample(stream)).toBe(3_000_000);
  expect(distribution).toMatchObject({ isConstant: true, mean: 3_000_000, text: '3ms' });
  expect(stream.uniform()).toBe(new Streams(1).stream('x').uniform());
});

test.each([
  ['uniform(min=1ms, max=3ms)', 2_000_000],
  ['uniform( max = 3ms,min=1ms )', 2_000_000],
  ['exponential(mean=0.2ms)', 200_000],
  ['normal(mean=5ms, sd=1ms)', 5_000_000],
  ['lognormal(p50=1ms, p99=1ms)', 1_000_000],
  ['lognormal(mean=2ms, sd=1ms)', 2_000_000],
  ['pareto(scale=1ms, shape=3)', 1_500_000],
  ['weibull(scale=1ms, shape=1)', 1_000_000],
  ['empirical(1ms:3, 5ms:1)', 2_000_000],
  ['empirical(1ms, 5ms)', 3_000_000],
])('%s has its mean and keeps its text', (text, mean) => {
  const distribution = parseDistribution(text, parseMs);
  expect(distribution.mean).toBeCloseTo(mean, 3);
  expect(distribution.text).toBe(text);
  expect(distribution.isConstant).toBe(false);
});

test('samples are whole nanoseconds and never negative', () => {
  const stream = new Streams(1).stream('x');
  const distribution = parseDistribution('normal(mean=0.000001ms, sd=1ms)', parseMs);
  for (let index = 0; index < 1_000; index++) {
    const sample = distribution.sample(stream);
    expect(Number.isSafeInteger(sample) && sample >= 0).toBe(true);
  }
});

describe('what is wrong is refused with what is allowed', () => {
  test.each([
    ['gauss(mean=1ms, sd=1ms)', 'unknown distribution "gauss"; write a plain value or one of uniform(min=…, max=…)'],
    ['toString(mean=1ms)', 'unknown distribution "toString"'],
    ['lognormal(p50=1ms)', 'lognormal takes lognormal(p50=…, p99=…) or lognormal(mean=…, sd=…)'],
    ['uniform(1ms, 3ms)', 'write it as uniform(min=…, max=…)'],
    ['exponential(mean=1ms, mean=2ms)', 'write it as exponential(mean=…)'],
    ['exponential()', 'write it as exponential(mean=…)'],
    ['exponential(mean=fast)', '"fast" is not a duration such as 5ms'],
    ['pareto(scale=1ms, shape=steep)', '"steep" is not a number'],
    ['uniform(min=3ms, max=1ms)', 'min (3000000) must not be above max (1000000)'],
    ['lognormal(p50=5ms, p99=1ms)', 'p99 (1000000) must not be below p50 (5000000)'],
    ['lognormal(p50=0ms, p99=1ms)', 'p50 must be above zero'],
    ['exponential(mean=-1ms)', 'mean must not be negative'],
    ['normal(mean=1ms, sd=-1ms)', 'sd must not be negative'],
    ['weibull(scale=1ms, shape=0)', 'shape must be above zero'],
    ['empirical()', 'write it as empirical(VALUE:WEIGHT, …)'],
    ['empirical(1ms:0)', 'at least one weight must be above zero'],
    ['empirical(1ms:-1)', 'a weight must not be negative'],
    ['3', '"3" is not a duration'],
    ['-3ms', 'must not be negative'],
  ])('%s', (text, message) => {
    expect(() => parseDistribution(text, parseMs)).toThrow(message);
  });
});

test('what is drawn is never longer than what can be waited for', () => {
  const distribution = new DurationDistribution(parseDistribution('pareto(scale=1ms, shape=0.001)', parseMs));
  const stream = new Streams(1).stream('x');
  const longest = Math.max(...Array.from({ length: 100 }, () => distribution.sample(stream)));
  expect(longest).toBe(2 ** 51);
  expect(wholeNs(-1)).toBe(0);
});

test('a duration is rounded to the next nanosecond, half a one up', () => {
  const durations = [0, 0.49999999999999994, 0.5, 0.6, 1.4999999999999998, 2.5, 2 ** 50 + 0.25, 2 ** 50 + 0.75];
  expect(durations.map(wholeNs)).toEqual(durations.map(Math.round));
});
