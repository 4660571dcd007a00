import { describe, expect, it } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import { ReceiverLog } from '../../../src/measure/receiver-log.js';

const SECOND = 1e9;

function change(committedNs: number): WatchEvent {
  return { committedNs } as WatchEvent;
}

function log(): ReceiverLog {
  const one = new ReceiverLog('p', POD, true, { watchDelivered: () => undefined }, Number.POSITIVE_INFINITY);
  one.delivered(change(0), 1);
  one.begin(0);
  return one;
}

describe('a receiver', () => {
  it('is stale from the commit of its oldest missing change on', () => {
    const one = log();
    one.delivered(change(1 * SECOND), 3 * SECOND);
    one.delivered(change(2 * SECOND), 4 * SECOND);
    one.delivered(change(9 * SECOND), 10 * SECOND);
    expect(one.events).toBe(3);
    expect(one.staleNsMax).toBe(2 * SECOND);
    // From 1 s to 4 s without a gap, and from 9 s to 10 s.
    expect(one.staleForNs).toBe(4 * SECOND);
    // Two from nothing to 2 s, less the second that they share; then a triangle of 1 s.
    expect(one.staleIntegral).toBeCloseTo(2 + 1.5 + 0.5, 9);
    expect(one.lag.count).toBe(3);
  });

  it('is stale from the break of its watch to the list that tells it what it missed', () => {
    const one = log();
    one.listed(0, 5 * SECOND);
    expect([one.relists, one.staleForNs]).toEqual([1, 0]);
    one.listed(4 * SECOND, 20 * SECOND);
    expect([one.relists, one.staleForNs, one.staleNsMax]).toEqual([2, 4 * SECOND, 4 * SECOND]);
  });
});
