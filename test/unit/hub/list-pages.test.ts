import { expect, test } from 'vitest';
import { isCompacted } from '../../../src/hub/list-pages.js';

test.each([
  [100, 599, 300, false],
  [100, 600, 300, true],
  [299, 600, 300, true],
  [301, 899, 300, false],
  [100, 239, 60, true],
  [100, 179, 60, false],
  [100, 1e6, 0, false],
])('a LIST begun at %d s can go on at %d s with a compaction each %d s, unless %s', (taken, now, interval, gone) => {
  expect(isCompacted(taken * 1e9, now * 1e9, interval * 1e9)).toBe(gone);
});
