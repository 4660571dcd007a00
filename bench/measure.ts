import type { BenchCase, Contestant } from './bench-case.js';

export interface Measurement {
  readonly contestant: string;
  readonly nsPerOperation: number;
  readonly hash: number | string;
}

/**
 * Runs the contestants of a case in turn, `samples` rounds after one to warm up, and takes of each the third-fastest
 * (or the slowest, of fewer): the fastest are luck, the slow ones are the neighbours' noise. Every other round goes
 * backwards: who always came after a process of its own would find the processor at rest, and wake it at his expense.
 */
export function measure(benchCase: BenchCase, samples: number): Measurement[] {
  const contestants = benchCase.contestants();
  const times: number[][] = contestants.map(() => []);
  const hashes: (number | string)[] = [];
  const order = [...contestants.entries()];
  for (let round = -1; round < samples; round++) {
    for (const [index, contestant] of order) {
      const { nsPerOperation, hash } = runOnce(contestant);
      hashes[index] = hash;
      if (round >= 0) times[index]!.push(nsPerOperation);
    }
    order.reverse();
  }
  return contestants.map((contestant, index) => {
    const sorted = times[index]!.sort((one, other) => one - other);
    return { contestant: contestant.name, nsPerOperation: sorted[Math.min(2, samples - 1)]!, hash: hashes[index]! };
  });
}

function runOnce(contestant: Contestant): { nsPerOperation: number; hash: number | string } {
  const start = process.hrtime.bigint();
  const { operations, hash, nsPerOperation } = contestant.run();
  return { nsPerOperation: nsPerOperation ?? Number(process.hrtime.bigint() - start) / operations, hash };
}
