import { Streams } from '../random/streams.js';

const TWO_POW_16: number = 2 ** 16;
const TWO_POW_32: number = 2 ** 32;

/**
 * The seed of a replication, from 1 on. All variants share it: what differs between them is not chance. The first has
 * the seed of the scenario, so that it is the run that `hubsim run` makes; the others are 48 bits drawn for them alone.
 */
export function replicationSeed(seed: number, replication: number): number {
  if (replication === 1) return seed;
  const stream = new Streams(seed).stream(`replication ${replication}`);
  return stream.below(TWO_POW_16) * TWO_POW_32 + stream.below(TWO_POW_32);
}
