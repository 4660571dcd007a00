import { expect, test } from 'vitest';
import { Constant } from '../../src/random/constant.js';
import type { Distribution } from '../../src/random/distribution.js';
import { DurationDistribution } from '../../src/random/duration-distribution.js';
import { Exponential } from '../../src/random/exponential.js';
import { Lognormal } from '../../src/random/lognormal.js';
import { Streams } from '../../src/random/streams.js';
import { waitsOf } from './station.js';

// Goal: engine, streams and distributions together give what queueing theory says. Method: 30 independent replications,
// the first customers dropped as warm-up; theory's mean wait must lie in the 99 % Student interval of the 30 means.

const MS = 1_000_000;
const REPLICATIONS = 30;
const WARM_UP = 3_000;
const CUSTOMERS = 15_000;
/** Student's t for 29 degrees of freedom, 99 % two-sided. */
const T_99 = 2.756;

function replicate(
  servers: number,
  arrivals: Distribution,
  services: Distribution,
): { mean: number; halfWidth: number } {
  const means: number[] = [];
  for (let replication = 0; replication < REPLICATIONS; replication++) {
    const streams = new Streams(`queue/${replication}`);
    const waits = waitsOf(
      {
        servers,
        arrivals: new DurationDistribution(arrivals),
        services: new DurationDistribution(services),
        arrivalStream: streams.stream('arrivals'),
        serviceStream: streams.stream('services'),
      },
      CUSTOMERS,
    ).subarray(WARM_UP);
    means.push(waits.reduce((sum, wait) => sum + wait, 0) / waits.length);
  }
  const mean = means.reduce((sum, each) => sum + each, 0) / REPLICATIONS;
  const variance = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (REPLICATIONS - 1);
  return { mean, halfWidth: T_99 * Math.sqrt(variance / REPLICATIONS) };
}

/** The mean wait of M/M/c by Erlang's C formula. */
function erlangWait(servers: number, arrivalMean: number, serviceMean: number): number {
  const load = serviceMean / arrivalMean;
  let term = 1;
  let sum = 0;
  for (let k = 0; k < servers; k++) {
    sum += term;
    term *= load / (k + 1);
  }
  const last = (term * servers) / (servers - load);
  return (last / (sum + last)) * (serviceMean / (servers - load));
}

/** The mean wait of M/G/1 by Pollaczek and Khinchine; `scv` is the squared coefficient of variation of the service. */
function pollaczekWait(arrivalMean: number, serviceMean: number, scv: number): number {
  const load = serviceMean / arrivalMean;
  return ((load / (1 - load)) * serviceMean * (1 + scv)) / 2;
}

const exponential = (mean: number): Distribution => new Exponential(mean * MS);

const cases = [
  ['M/M/1 at load 0.5', 1, exponential(2), exponential(1), pollaczekWait(2, 1, 1)],
  ['M/M/1 at load 0.8', 1, exponential(1), exponential(0.8), pollaczekWait(1, 0.8, 1)],
  ['M/M/3 at load 0.8', 3, exponential(1), exponential(2.4), erlangWait(3, 1, 2.4)],
  ['M/M/16 at load 0.9', 16, exponential(1), exponential(14.4), erlangWait(16, 1, 14.4)],
  ['M/D/1 at load 0.7', 1, exponential(1), new Constant(0.7 * MS), pollaczekWait(1, 0.7, 0)],
  ['M/G/1 with lognormal service', 1, exponential(2), Lognormal.ofMoments(MS, 1.5 * MS), pollaczekWait(2, 1, 2.25)],
] as const;

test.each(cases)('%s waits as theory says', (_name, servers, arrivals, services, theory) => {
  const { mean, halfWidth } = replicate(servers, arrivals, services);
  expect(halfWidth).toBeLessThan(0.2 * theory * MS);
  expect(Math.abs(mean - theory * MS)).toBeLessThan(halfWidth);
});

test("the engine's waits are Lindley's recursion, to the nanosecond", () => {
  const arrivals = new DurationDistribution(exponential(1));
  const services = new DurationDistribution(Lognormal.ofMoments(0.9 * MS, MS));
  const ofSeed = (): Streams => new Streams('lindley');
  const [driven, drawn] = [ofSeed(), ofSeed()];
  const waits = waitsOf(
    {
      servers: 1,
      arrivals,
      services,
      arrivalStream: driven.stream('arrivals'),
      serviceStream: driven.stream('services'),
    },
    20_000,
  );
  let wait = 0;
  arrivals.sample(drawn.stream('arrivals'));
  for (let customer = 0; customer < waits.length; customer++) {
    expect(waits[customer]).toBe(wait);
    const service = services.sample(drawn.stream('services'));
    wait = Math.max(0, wait + service - arrivals.sample(drawn.stream('arrivals')));
  }
});
