import { describe, expect, it } from 'vitest';
import { smallest } from '../../../src/client/smallest.js';
import {
  ageBucket,
  compareForDeletion,
  type DeletionCandidate,
  deletionCost,
} from '../../../src/spokes/controllers/replicaset/deletion-order.js';

const NOW_NS = 3600e9;

function candidate(change: Partial<DeletionCandidate>): DeletionCandidate {
  return {
    nodeName: 'node',
    phase: 'Running',
    ready: true,
    readySinceNs: 0,
    createdNs: 0,
    deletionCost: 0,
    rank: 1,
    restarts: 0,
    sidecarRestarts: 0,
    tie: 0,
    ...change,
  };
}

/** Whether the first is deleted before the second. */
function goesFirst(a: Partial<DeletionCandidate>, b: Partial<DeletionCandidate>): boolean {
  return compareForDeletion(candidate(a), candidate(b), NOW_NS) < 0;
}

describe('pods are deleted', () => {
  it('unbound before bound, pending before running, not ready before ready', () => {
    expect(goesFirst({ nodeName: '' }, { phase: 'Pending' })).toBe(true);
    expect(goesFirst({ phase: 'Pending' }, { ready: false })).toBe(true);
    expect(goesFirst({ ready: false }, { deletionCost: -5 })).toBe(true);
  });

  it('cheap before dear, from crowded nodes before lonely ones', () => {
    expect(goesFirst({ deletionCost: -5 }, { rank: 9 })).toBe(true);
    expect(goesFirst({ rank: 2 }, { rank: 1 })).toBe(true);
  });

  it('young before old only where their ages differ by a power of two', () => {
    expect(goesFirst({ readySinceNs: NOW_NS - 10e9 }, { readySinceNs: NOW_NS - 100e9 })).toBe(true);
    expect(goesFirst({ readySinceNs: NOW_NS - 1000e9, tie: 2 }, { readySinceNs: NOW_NS - 1010e9, tie: 1 })).toBe(false);
  });

  it('with more restarts before fewer when they are ready since the same moment', () => {
    expect(goesFirst({ restarts: 3 }, { restarts: 1 })).toBe(true);
  });
});

describe('an age bucket', () => {
  it('is the whole logarithm to base 2, exactly at the powers', () => {
    expect([0, 1, 2, 3, 4, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52 - 1, 2 ** 52].map(ageBucket)).toEqual([
      -1, 0, 1, 1, 2, 31, 31, 32, 51, 52,
    ]);
  });
});

describe('the smallest of many', () => {
  it('are those that sorting puts first, in that order', () => {
    const items = Array.from({ length: 200 }, (_, i) => (i * 7919) % 1009);
    const sorted = [...items].sort((a, b) => a - b);
    for (const count of [0, 1, 2, 50, 199, 200, 300])
      expect(smallest(items, count, (a, b) => a - b)).toEqual(sorted.slice(0, count));
  });
});

describe('a deletion cost', () => {
  it('is a plain 32-bit integer or 0', () => {
    const costOf = (text: string): number => deletionCost({ 'controller.kubernetes.io/pod-deletion-cost': text });
    expect(['5', '-10', '0', '+3', '007', 'x', '2147483648', '-2147483648'].map(costOf)).toEqual([
      5, -10, 0, 0, 0, 0, 0, -2147483648,
    ]);
  });
});
