import { expect, it } from 'vitest';
import { MemberDisk } from '../../../../src/hub/etcd/member-disk.js';
import { Constant } from '../../../../src/random/constant.js';
import { Streams } from '../../../../src/random/streams.js';
import { loadProfile } from '../../../../src/scenario/profile-file.js';

const stream = new Streams(1).stream('fsync');

function disk(fsyncColdNs: number): MemberDisk {
  const fsync = new Constant(200, '200ns');
  return new MemberDisk({ ...loadProfile('ideal').etcd, fsync, fsyncColdNs, fsyncCoolNs: 1000 });
}

it('an fsync should take longer the longer the disk has lain idle, up to a limit', () => {
  const idle = disk(300);
  expect(idle.syncNs(1, 1e9, stream)).toBe(500);
  expect(idle.syncNs(1, 1e9 + 500, stream)).toBe(200);
  expect(idle.syncNs(1, 1e9 + 1700, stream)).toBe(350);
});

it('of several fsyncs in a row the first alone should find it idle', () => {
  expect(disk(300).syncNs(2, 1e9, stream)).toBe(700);
});

it('an fsync should find a disk awake on which another one is under way', () => {
  const shared = disk(300);
  shared.syncNs(2, 1e9, stream);
  expect(shared.syncNs(1, 1e9 + 100, stream)).toBe(200);
  expect(shared.syncNs(1, 1e9 + 700, stream)).toBe(200);
});

it('should take all of that longer when it is slow', () => {
  const slow = disk(300);
  slow.slowness = 10;
  expect(slow.syncNs(1, 1e9, stream)).toBe(5000);
});

it('should take no longer after a pause where nothing sleeps', () => {
  expect(disk(0).syncNs(1, 1e9, stream)).toBe(200);
});
