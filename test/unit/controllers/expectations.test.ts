import { describe, expect, it } from 'vitest';
import { Expectations } from '../../../src/client/expectations.js';
import { LastWrites } from '../../../src/client/last-writes.js';

describe('expectations', () => {
  it('are satisfied when every creation was seen', () => {
    const expectations = new Expectations();
    expectations.expect(1, 2, [], 0);
    expect(expectations.satisfied(1, 0)).toBe(false);
    expectations.creationObserved(1);
    expect(expectations.satisfied(1, 0)).toBe(false);
    expectations.creationObserved(1);
    expect(expectations.satisfied(1, 0)).toBe(true);
  });

  it('count the deletion of a pod once, however often it is seen', () => {
    const expectations = new Expectations();
    expectations.expect(1, 0, [7, 8], 0);
    for (let i = 0; i < 3; i++) expectations.deletionObserved(1, 7);
    expect(expectations.satisfied(1, 0)).toBe(false);
    expectations.deletionObserved(1, 8);
    expect(expectations.satisfied(1, 0)).toBe(true);
  });

  it('are given up after five minutes', () => {
    const expectations = new Expectations();
    expectations.expect(1, 1, [], 0);
    expect(expectations.satisfied(1, 300e9)).toBe(false);
    expect(expectations.satisfied(1, 300e9 + 1)).toBe(true);
  });
});

describe('last writes', () => {
  it('are seen when both caches have come that far', () => {
    const writes = new LastWrites();
    writes.wrotePod(1, 20);
    writes.wrotePod(1, 15);
    writes.wroteOwner(1, 30);
    expect(writes.seen(1, 19, 99)).toBe(false);
    expect(writes.seen(1, 20, 29)).toBe(false);
    expect(writes.seen(1, 20, 30)).toBe(true);
    expect(writes.seen(1, 0, 0)).toBe(true);
  });
});
