import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/api/duration.js';

describe('durations', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['1ns', 1],
    ['150ms', 150e6],
    ['1.5us', 1500],
    ['1µs', 1000],
    ['.5s', 5e8],
    ['1.s', 1e9],
    ['1h2m3.5s', 3_723_500_000_000],
    ['-5s', -5e9],
    ['+5s', 5e9],
    ['0.3ns', 0],
    ['2500h', 2500 * 3_600e9],
  ])('reads %s as %d ns, as Go does', (text, ns) => {
    expect(parseDuration(text)).toBe(ns);
  });

  it.each(['', 's', '5', '1 s', '1d', '1s ', '.s', '--1s', '1e3s', '9999999h'])(
    'refuses %j and says what to write',
    (text) => {
      expect(() => parseDuration(text)).toThrow(/is not a duration/);
    },
  );

  it.each([
    [0, '0s'],
    [1, '1ns'],
    [1500, '1.5µs'],
    [150e6, '150ms'],
    [90e9, '1m30s'],
    [3_600e9, '1h0m0s'],
    [3_723_500_000_000, '1h2m3.5s'],
    [-5e9, '-5s'],
  ])('prints %d ns as %s, as Go does', (ns, text) => {
    expect(formatDuration(ns)).toBe(text);
  });
});
