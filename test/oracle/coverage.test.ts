import { expect, test } from 'vitest';
import { DurationDistribution } from '../../src/random/duration-distribution.js';
import { Exponential } from '../../src/random/exponential.js';
import { normalQuantile } from '../../src/random/normal-quantile.js';
import { Streams } from '../../src/random/streams.js';
import { batchEstimate } from '../../src/stats/batch-estimate.js';
import { pairedDifference } from '../../src/stats/difference.js';
import { estimate } from '../../src/stats/estimate.js';
import { waitsOf } from './station.js';

// Goal: an interval said to hold the truth 95 times of 100 does. Method: 2,000 experiments with an M/M/1 queue in the
// engine, whose mean wait is known; the share of intervals around it must lie between 93 and 97 %.

const EXPERIMENTS = 2_000;
const US = 1_000;
const ARRIVAL = 2 * US;
const WARM_UP = 20;

/** The mean wait of customers after the warm-up at a service mean, on streams of their own. */
function meanWait(serviceMean: number, customers: number, seed: string): number {
  const waits = waitsAfterWarmUp(serviceMean, customers, seed);
  return waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
}

function waitsAfterWarmUp(serviceMean: number, customers: number, seed: string): readonly number[] {
  const streams = new Streams(seed);
  const station = {
    servers: 1,
    arrivals: new DurationDistribution(new Exponential(ARRIVAL)),
    services: new DurationDistribution(new Exponential(serviceMean)),
    arrivalStream: streams.stream('arrivals'),
    serviceStream: streams.stream('services'),
  };
  return Array.from(waitsOf(station, WARM_UP + customers).subarray(WARM_UP));
}

/** Of M/M/1: ρ / (1 - ρ) times the mean service. */
function theory(serviceMean: number): number {
  const load = serviceMean / ARRIVAL;
  return (load / (1 - load)) * serviceMean;
}

function share(covers: (experiment: number) => boolean): number {
  let covered = 0;
  for (let experiment = 0; experiment < EXPERIMENTS; experiment++) if (covers(experiment)) covered++;
  return covered / EXPERIMENTS;
}

test('intervals of 20 replications hold the mean wait in 93 to 97 % of 2,000 experiments', () => {
  const service = 0.6 * US;
  const covered = share((experiment) => {
    const means = Array.from({ length: 20 }, (_, run) => meanWait(service, 100, `coverage/${experiment}/${run}`));
    const { low, high } = estimate(means);
    return low <= theory(service) && theory(service) <= high;
  });
  expect(covered).toBeGreaterThan(0.93);
  expect(covered).toBeLessThan(0.97);
});

test('intervals of paired differences hold the true difference in 93 to 97 % of 2,000 experiments', () => {
  const noise = new Streams('paired').stream('noise');
  const normal = (): number => normalQuantile(noise.uniform() || 0.5);
  const covered = share(() => {
    // What both have in common is ten times what they differ by.
    const common = Array.from({ length: 12 }, () => 10 * normal());
    const [a, b] = [common.map((value) => value + normal()), common.map((value) => value + 1 + 2 * normal())];
    const { low, high } = pairedDifference(a, b);
    return low <= 1 && 1 <= high;
  });
  expect(covered).toBeGreaterThan(0.93);
  expect(covered).toBeLessThan(0.97);
});

test('intervals of batch means of one long run hold the mean wait in 93 to 97 % of 2,000 experiments', () => {
  const service = 0.6 * US;
  const covered = share((experiment) => {
    const { low, high } = batchEstimate(waitsAfterWarmUp(service, 2_000, `batches/${experiment}`));
    return low <= theory(service) && theory(service) <= high;
  });
  expect(covered).toBeGreaterThan(0.93);
  expect(covered).toBeLessThan(0.97);
});
