import { expect, test } from 'vitest';
import { parallelize } from '../../../src/spokes/scheduler/parallelize.js';

/** Nodes of each thread when every node costs 1 µs. */
function shares(nodes: number, parallelism: number, cores: number): number[] {
  const { costNs, jobs, extraNs, extras } = parallelize(nodes, nodes * 1_000, parallelism, cores);
  return Array.from({ length: jobs }, (_, job) => (costNs + (job < extras ? extraNs : 0)) / 1_000);
}

test('16 goroutines take chunks of the square root of the nodes, at most a 16th of them, in turn', () => {
  // 484 nodes are 22 chunks of 22: six goroutines take two.
  expect(shares(484, 16, 64)).toEqual([...new Array(6).fill(44), ...new Array(10).fill(22)]);
  // 100 nodes are 15 chunks of 7 at most, the last one shorter: no goroutine takes two.
  expect(shares(100, 16, 64)).toHaveLength(15);
  expect(shares(1, 16, 64)).toEqual([1]);
});

test('as many get on at once as there are cores, and nothing is lost', () => {
  const two = shares(484, 16, 2);
  expect(two).toEqual([242, 242]);
  expect(shares(484, 1, 64)).toEqual([484]);
  expect(shares(5_000, 16, Number.POSITIVE_INFINITY)).toHaveLength(16);
  for (const nodes of [3, 10, 97, 485, 5_000]) {
    expect(shares(nodes, 16, 2).reduce((sum, share) => sum + share, 0)).toBeCloseTo(nodes, 0);
  }
});
