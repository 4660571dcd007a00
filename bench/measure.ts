import { Bench, type FnReturnedObject } from 'tinybench';
import type { BenchCase, Contestant, Work } from './bench-case.js';

export interface Measurement {
  readonly contestant: string;
  readonly nsPerOperation: number;
  /** Of the last run: who goes on where he was has another each time. */
  readonly hash: number | string;
}

/** A round is a run of each: tinybench would make all runs of one before the next, when the neighbours do something else. */
const ONCE = { iterations: 1, time: 0, warmup: false, throws: true } as const;

/**
 * Runs the contestants of a case in turn, `samples` rounds after one to warm up, and takes of each the third-fastest
 * (or the slowest, of fewer): the fastest are luck, the slow ones are the neighbours' noise. Every other round goes
 * backwards: who always came after a process of its own would find the processor at rest, and wake it at his expense.
 */
export function measure(benchCase: BenchCase, samples: number): Measurement[] {
  const contestants = benchCase.contestants();
  const backwards = contestants.toReversed();
  runEach(contestants);
  const rounds = Array.from({ length: samples }, (_, round) => runEach(round % 2 === 0 ? backwards : contestants));
  return contestants.map(({ name }) => {
    const measured = rounds.flat().filter(({ contestant }) => contestant === name);
    const times = measured.map(({ nsPerOperation }) => nsPerOperation).sort((one, other) => one - other);
    return { ...measured.at(-1)!, nsPerOperation: times[Math.min(2, samples - 1)]! };
  });
}

function runEach(contestants: readonly Contestant[]): Measurement[] {
  const bench = new Bench(ONCE);
  const works: Work[] = [];
  for (const contestant of contestants) {
    const run = (): FnReturnedObject => {
      const work = contestant.run();
      works.push(work);
      const { nsPerOperation, operations } = work;
      return nsPerOperation === undefined ? {} : { overriddenDuration: (nsPerOperation * operations) / 1e6 };
    };
    // Said here, as tinybench would find out by one more run.
    bench.add(contestant.name, run, { async: false });
  }
  return bench.runSync().map(({ name, result }, index) => {
    if (result.state !== 'completed') throw new Error(`${name} has not run: ${result.state}`);
    const { operations, hash } = works[index]!;
    return { contestant: name, nsPerOperation: (result.latency.mean * 1e6) / operations, hash };
  });
}
