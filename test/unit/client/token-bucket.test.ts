import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../src/client/token-bucket.js';

describe('a token bucket', () => {
  it('is full at the start and then hands out a token every 1/qps', () => {
    const bucket = new TokenBucket(20, 2);
    expect([0, 0, 0, 0].map((nowNs) => bucket.reserve(nowNs))).toEqual([0, 0, 50e6, 100e6]);
  });

  it('saves no more than its burst', () => {
    const bucket = new TokenBucket(1, 2);
    expect([3600e9, 3600e9, 3600e9].map((nowNs) => bucket.tryAccept(nowNs))).toEqual([true, true, false]);
  });

  it('takes nothing when it refuses', () => {
    const bucket = new TokenBucket(1, 1);
    bucket.reserve(0);
    expect(bucket.tryAccept(0.5e9)).toBe(false);
    expect(bucket.tryAccept(1e9)).toBe(true);
  });

  it('never waits without a limit', () => {
    const bucket = new TokenBucket(0, 0);
    expect(bucket.reserve(0)).toBe(0);
    expect(bucket.tryAccept(0)).toBe(true);
  });
});
