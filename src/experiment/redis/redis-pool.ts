import { hostname } from 'node:os';
import { InputError } from '../../api/input-error.js';
import type { Bundle, Outcome, Pool, RunOrder } from '../outcome.js';
import type { RedisAddress } from './redis-address.js';
import { mismatch, PREFIX, queueName, RedisLink } from './redis-link.js';

/** Runs waiting in the queue: enough for many workers, and few to throw away. */
const WIDTH = 256;
/** A run that was given up is given to another worker so often. */
const ATTEMPTS = 5;
/** What has ended stays so long, for a coordinator that was killed and comes back. */
const KEPT_SECONDS = 24 * 3600;

/** What a worker is sent. */
export interface Job {
  readonly bundle: string;
  readonly order: RunOrder;
}

/**
 * Makes the runs on whatever machines workers of this very program run on. A run has its key as the number of its job, so
 * asking twice for it makes it once; a worker that dies loses its run to another one.
 */
export async function redisPool(
  bundle: Bundle,
  address: RedisAddress,
  program: string,
  note: (text: string) => void,
): Promise<Pool> {
  const { Queue, QueueEvents } = await bullmq();
  const link = await RedisLink.open(address, 'coordinator', { program, host: hostname() });
  const workers = await link.peers('worker');
  const refusal = mismatch(program, workers, 'the workers there are of');
  if (refusal !== undefined) {
    await link.close();
    throw new InputError(refusal, { remedy: 'install the same version on both sides; nothing was run' });
  }
  await link.appear();
  if (workers.length === 0) note(`no worker is there yet: waiting for hubsim worker --redis ${address.shown}`);
  const name = await link.putBundle(bundle);
  const options = { connection: address.options, prefix: PREFIX };
  const queue = new Queue<Job, Outcome>(queueName(program), options);
  const events = new QueueEvents(queueName(program), options);
  // Every run that is waited for listens.
  events.setMaxListeners(0);
  queue.on('error', () => {});
  events.on('error', () => {});
  await events.waitUntilReady();
  const run = async (order: RunOrder): Promise<Outcome> => {
    try {
      const job = await queue.add(
        'run',
        { bundle: name, order },
        {
          jobId: order.key,
          attempts: ATTEMPTS,
          backoff: { type: 'fixed', delay: 100 },
          removeOnComplete: { age: KEPT_SECONDS },
          removeOnFail: true,
        },
      );
      return await job.waitUntilFinished(events);
    } catch (error) {
      return {
        status: 'failed',
        reason: 'lost',
        message: `given up after ${ATTEMPTS} attempts: ${(error as Error).message}`,
      };
    }
  };
  const close = async (): Promise<void> => {
    await events.close();
    await queue.close();
    await link.close();
  };
  return { width: WIDTH, run, close };
}

/** The package is optional: only those who spread sweeps need it. */
export async function bullmq(): Promise<typeof import('bullmq')> {
  try {
    return await import('bullmq');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new InputError('sweeps over Redis need two more packages', { remedy: 'npm install bullmq@6.7.0 ioredis@5' });
  }
}
