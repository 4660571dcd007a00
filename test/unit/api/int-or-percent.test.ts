import { describe, expect, it } from 'vitest';
import { resolveFenceposts, scaledValue } from '../../../src/api/int-or-percent.js';

describe('integers or percentages', () => {
  it('surge rounds up and unavailable rounds down', () => {
    expect(scaledValue('25%', 10, true)).toBe(3);
    expect(scaledValue('25%', 10, false)).toBe(2);
    expect(resolveFenceposts('25%', '25%', 10)).toEqual({ maxSurge: 3, maxUnavailable: 2 });
  });

  it('a rollout that may neither surge nor miss a pod misses one', () => {
    expect(resolveFenceposts('0%', '1%', 10)).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });

  it.each(['25', '%', '2.5%', 'x%', '99999999999999999999%'])('refuses %j', (text) => {
    expect(() => scaledValue(text, 10, true)).toThrow(/neither an integer nor a percentage/);
  });
});
