import { describe, expect, it } from 'vitest';
import { DemandCurve } from '../../../src/spokes/metrics-server/demand-curve.js';

const SECOND = 1e9;

describe('a demand', () => {
  it('is shared alike by the pods that are ready', () => {
    const curve = new DemandCurve(0);
    curve.change(1000, 0, 0);
    curve.share(1, 0, 0);
    expect(curve.used(10 * SECOND)).toBe(10_000 * SECOND);
    curve.share(1, 0, 10 * SECOND);
    expect(curve.used(20 * SECOND)).toBe(15_000 * SECOND);
  });

  it('rises evenly, and is steady when it has risen', () => {
    const curve = new DemandCurve(0);
    curve.share(1, 0, 0);
    curve.change(1000, 10 * SECOND, 0);
    expect(curve.used(5 * SECOND)).toBeCloseTo(1250 * SECOND, -3);
    expect(curve.steadySinceNs(5 * SECOND)).toBe(Number.POSITIVE_INFINITY);
    expect(curve.used(20 * SECOND)).toBeCloseTo(15_000 * SECOND, -3);
    expect(curve.steadySinceNs(20 * SECOND)).toBe(10 * SECOND);
  });

  it('gives a pod no more than its limit, also where it crosses it on the way', () => {
    const curve = new DemandCurve(0);
    curve.share(1, 500, 0);
    curve.change(1000, 10 * SECOND, 0);
    // 5 s up to the limit, 250 on average; 5 s at it.
    expect(curve.used(10 * SECOND)).toBeCloseTo((5 * 250 + 5 * 500) * SECOND, -3);
  });

  it('is the same however often one asks', () => {
    const asked = (moments: readonly number[]) => {
      const curve = new DemandCurve(0);
      curve.share(1, 700, 0);
      curve.change(2000, 60 * SECOND, 0);
      for (const at of moments) curve.used(at * SECOND);
      return curve.used(100 * SECOND);
    };
    expect(asked([1, 2, 3, 20, 21, 22, 60, 61, 99])).toBeCloseTo(asked([]), -3);
  });
});
