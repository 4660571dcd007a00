import { describe, expect, it } from 'vitest';
import { LIST_RULES, type ListOptions, listWork, servedFromCache } from '../../../../src/hub/flow-control/list-work.js';

const LIST: ListOptions = {
  verb: 'list',
  resourceVersion: '',
  resourceVersionMatch: '',
  limit: 0,
  continued: false,
  selective: false,
  single: false,
  sendInitialEvents: false,
};
const MANY = { objectCount: 300_000, averageBytes: 1000 };

describe('the work of a list', () => {
  it('is ten seats from the cache and as many as the level allows from etcd', () => {
    const exact: ListOptions = { ...LIST, resourceVersion: '7', resourceVersionMatch: 'Exact' };
    expect(listWork(LIST, MANY, 37, LIST_RULES).initialSeats).toBe(10);
    expect(listWork(LIST, MANY, 37, { ...LIST_RULES, consistentFromCache: false }).initialSeats).toBe(37);
    expect(listWork(exact, MANY, 0, LIST_RULES).initialSeats).toBe(100);
  });

  it('costs a page what the page weighs, and a selection from etcd half of everything', () => {
    const page: ListOptions = { ...LIST, limit: 500, continued: true };
    expect(listWork(page, MANY, 0, LIST_RULES).initialSeats).toBe(5);
    expect(listWork({ ...page, selective: true }, MANY, 0, LIST_RULES).initialSeats).toBe(100);
  });

  it('is a seat for each 100 objects before 1.34, at most 10', () => {
    const rules = { ...LIST_RULES, seatsByBytes: false };
    const some = { objectCount: 250, averageBytes: 1 };
    expect(listWork(LIST, some, 37, rules).initialSeats).toBe(3);
    expect(listWork(LIST, MANY, 37, rules).initialSeats).toBe(10);
    const exact: ListOptions = { ...LIST, resourceVersion: '7', resourceVersionMatch: 'Exact', limit: 100 };
    expect(listWork(exact, some, 37, rules).initialSeats).toBe(2);
    expect(listWork({ ...exact, selective: true }, some, 37, rules).initialSeats).toBe(4);
  });

  it('is one seat for a watch that starts where another ended', () => {
    expect(listWork({ ...LIST, verb: 'watch', resourceVersion: '7' }, MANY, 0, LIST_RULES).initialSeats).toBe(1);
    expect(listWork({ ...LIST, verb: 'watch' }, MANY, 0, LIST_RULES).initialSeats).toBe(10);
  });

  it('comes from the cache unless it wants an exact past', () => {
    expect(servedFromCache(LIST, true)).toBe(true);
    expect(servedFromCache({ ...LIST, resourceVersion: '0', limit: 500 }, true)).toBe(true);
    expect(servedFromCache({ ...LIST, resourceVersion: '7', limit: 500 }, true)).toBe(false);
    expect(servedFromCache({ ...LIST, resourceVersion: '7', resourceVersionMatch: 'Exact' }, true)).toBe(false);
  });
});
