import { describe, expect, it, test } from 'vitest';
import { Backend } from '../../../../src/hub/etcd/backend.js';
import { ObjectBytes } from '../../../../src/hub/object-bytes.js';

const backend = (intervalSeconds: number): Backend =>
  new Backend({ compactionIntervalNs: intervalSeconds * 1e9, quotaBytes: 0, members: 1 }, new ObjectBytes());

test.each([
  [100, 599, 300, false],
  [100, 600, 300, true],
  [299, 600, 300, true],
  [301, 899, 300, false],
  [100, 239, 60, true],
  [100, 179, 60, false],
  [100, 1e6, 0, false],
])('a state seen at %d s can be read at %d s with a compaction each %d s, unless %s', (seen, now, interval, gone) => {
  const etcd = backend(interval);
  const revisionAt = (seconds: number): number => 10 + Math.floor(seconds / 10);
  for (let seconds = 0; seconds <= Math.min(now, 2000); seconds++)
    etcd.compactUntil(seconds * 1e9, revisionAt(seconds - 1));
  expect(etcd.hasCompacted(revisionAt(seen), seen * 1e9)).toBe(gone);
  // Where nothing ever changes it is the same, for the compactor writes down how far it goes.
  const idle = backend(interval);
  idle.compactUntil(now * 1e9, 10);
  expect(idle.hasCompacted(10, seen * 1e9)).toBe(gone);
});

describe('etcdctl compact', () => {
  it('forgets all before the newest revision, and API servers do not hear of it', () => {
    const etcd = backend(300);
    etcd.compactAll(20);
    expect([etcd.hasCompacted(19), etcd.hasCompacted(20, 0), etcd.announcedRevision]).toEqual([true, false, 0]);
    etcd.compactUntil(300e9, 30);
    expect(etcd.announcedRevision).toBe(0);
    etcd.compactUntil(600e9, 40);
    expect(etcd.announcedRevision).toBe(30);
  });
});
