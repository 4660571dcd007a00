import { describe, expect, test } from 'vitest';
import { Streams } from '../../../src/random/streams.js';
import { parseRate } from '../../../src/scenario/steps/rate-reader.js';

/** Seconds at which the first requests of a load come. */
function times(rate: string | number, count: number): number[] {
  const arrivals = parseRate(rate).arrivals(count);
  const stream = new Streams(1).stream('load');
  return Array.from({ length: count }, (_, index) => arrivals.atNs(index, stream) / 1e9);
}

describe('the requests of an open load come', () => {
  test.each<[string | number, readonly number[]]>([
    [2, [0, 0.5, 1, 1.5]],
    ['constant(rate=4)', [0, 0.25, 0.5, 0.75]],
    ['stepped(burst=2, every=3s)', [0, 0, 3, 3]],
    ['spread(over=8s)', [0, 2, 4, 6]],
    ['ramp(from=1, to=1, over=9s)', [0, 1, 2, 3]],
  ])('%s: at %j', (rate, expected) => {
    expect(times(rate, 4)).toEqual(expected);
  });

  test('at random moments, so many a second on average, the same for the same stream', () => {
    const poisson = times('poisson(rate=50)', 5000);
    expect(poisson.at(-1)).toBeGreaterThan(95);
    expect(poisson.at(-1)).toBeLessThan(105);
    expect(poisson).toEqual([...poisson].sort((a, b) => a - b));
    expect(times('poisson(rate=50)', 5000)).toEqual(poisson);
  });

  test('faster and faster on a ramp, and then at its end rate: the area under the rate is their number', () => {
    const ramp = times('ramp(from=0.001, to=20, over=10s)', 300);
    const earlier = (second: number): number => ramp.filter((time) => time < second).length;
    expect(earlier(5)).toBeGreaterThanOrEqual(25);
    expect(earlier(5)).toBeLessThanOrEqual(27);
    expect(earlier(10)).toBeGreaterThanOrEqual(100);
    expect(earlier(10)).toBeLessThanOrEqual(102);
    expect(earlier(15) - earlier(10)).toBe(100);
    const falling = times('ramp(from=20, to=1, over=10s)', 120);
    expect(falling.filter((time) => time < 10).length).toBeGreaterThanOrEqual(105);
  });

  test.each([
    ['fast', '"fast" is no rate'],
    ['poison(rate=2)', 'is no rate'],
    ['poisson(rat=2)', 'poisson has no "rat"; did you mean "rate"?'],
    ['poisson(rate=0)', '0 is no number of requests a second'],
    ['poisson(rate=9999999)', 'at most 1000000'],
    ['stepped(burst=2)', 'stepped lacks every='],
    ['stepped(burst=1.5, every=1s)', '1.5 is no number of requests'],
    ['stepped(burst=1, every=0s)', 'every=0s is no time at all'],
    ['spread(over=soon)', '"soon" is not a duration'],
  ])('not at %s', (rate, message) => {
    const mistake = (): string => {
      try {
        parseRate(rate);
      } catch (error) {
        const { message: text, remedy } = error as { message: string; remedy?: string };
        return `${text}; ${remedy}`;
      }
      return 'nothing was wrong';
    };
    expect(mistake()).toContain(message);
  });
});
