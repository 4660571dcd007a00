import { describe, expect, it } from 'vitest';
import { WatchCounts } from '../../../../src/hub/flow-control/watch-counts.js';

describe('watch counts', () => {
  it('count for a write the watches of everything, of its namespace and of its object', () => {
    const counts = new WatchCounts();
    for (const [namespace, name] of [
      ['', ''],
      ['shop', ''],
      ['shop', 'web'],
      ['shop', 'db'],
      ['bank', ''],
    ] as const) {
      counts.add(1, namespace, name);
    }
    expect(counts.interested(1, 'shop', 'web')).toBe(3);
    expect(counts.interested(1, 'shop', '')).toBe(2);
    expect(counts.interested(1, 'home', 'web')).toBe(1);
    expect(counts.interested(2, 'shop', 'web')).toBe(0);
    counts.remove(1, 'shop', 'web');
    expect(counts.interested(1, 'shop', 'web')).toBe(2);
  });

  it('count a cluster-wide object once', () => {
    const counts = new WatchCounts();
    counts.add(1, '', '');
    counts.add(1, '', 'node-0001');
    expect(counts.interested(1, '', 'node-0001')).toBe(2);
    expect(counts.interested(1, '', 'node-0002')).toBe(1);
  });
});
