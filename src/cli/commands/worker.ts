import { availableParallelism } from 'node:os';
import { InputError } from '../../api/input-error.js';
import { redisAddress } from '../../experiment/redis/redis-address.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { programId } from '../program-id.js';

export interface WorkerOptions {
  /** The environment says it otherwise: a password on a command line is there for all to see. */
  readonly redis?: string | undefined;
  readonly redisCa?: string | undefined;
  readonly workers?: number | undefined;
  readonly quiet: boolean;
}

/** `hubsim worker --redis URL`: makes runs of sweeps until it is told to stop, and then finishes those under way. */
export async function worker(options: WorkerOptions, io: Io): Promise<ExitCode> {
  const redis = options.redis ?? process.env.HUBSIM_REDIS;
  if (redis === undefined)
    throw new InputError('a worker needs to know its Redis', {
      remedy: 'give --redis redis://HOST, or set HUBSIM_REDIS',
    });
  const address = redisAddress(redis, options.redisCa);
  const { redisWorker } = await import('../../experiment/redis/redis-worker.js');
  const threads = options.workers ?? availableParallelism();
  const program = programId();
  let runs = 0;
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  const own = await redisWorker(address, program, threads, () => {
    runs++;
  });
  if (!options.quiet) io.err(`hubsim ${program}: takes runs from ${address.shown}, ${threads} at once\n`);
  await stopped;
  await own.close();
  if (!options.quiet) io.err(`made ${runs} runs\n`);
  return EXIT.ok;
}
