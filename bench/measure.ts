import type { BenchCase, Contestant } from './bench-case.js';

const WAKE_NS = 100_000_000n;

export interface Measurement {
  readonly contestant: string;
  readonly nsPerOperation: number;
  readonly hash: number | string;
}

/**
 * Runs the contestants of a case in turn, `samples` rounds after one to warm up, and takes of each the third-fastest
 * (or the slowest, of fewer): the fastest are luck, the slow ones are the neighbours' noise.
 */
export function measure(benchCase: BenchCase, samples: number): Measurement[] {
  const contestants = benchCase.contestants();
  const times: number[][] = contestants.map(() => []);
  const hashes: (number | string)[] = [];
  let wasAway = false;
  for (let round = -1; round < samples; round++) {
    for (const [index, contestant] of contestants.entries()) {
      // Who runs after another process finds the processor at rest, and would pay for waking it.
      if (wasAway) wake();
      const { nsPerOperation, hash, isAway } = runOnce(contestant);
      wasAway = isAway;
      hashes[index] = hash;
      if (round >= 0) times[index]!.push(nsPerOperation);
    }
  }
  return contestants.map((contestant, index) => {
    const sorted = times[index]!.sort((one, other) => one - other);
    return { contestant: contestant.name, nsPerOperation: sorted[Math.min(2, samples - 1)]!, hash: hashes[index]! };
  });
}

function wake(): void {
  const until = process.hrtime.bigint() + WAKE_NS;
  while (process.hrtime.bigint() < until);
}

/** `isAway` if it ran in a process of its own, which has measured the time. */
function runOnce(contestant: Contestant): { nsPerOperation: number; hash: number | string; isAway: boolean } {
  const start = process.hrtime.bigint();
  const { operations, hash, nsPerOperation } = contestant.run();
  const elapsedNs = Number(process.hrtime.bigint() - start);
  return { nsPerOperation: nsPerOperation ?? elapsedNs / operations, hash, isAway: nsPerOperation !== undefined };
}
