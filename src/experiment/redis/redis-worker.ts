import { hostname } from 'node:os';
import { InputError } from '../../api/input-error.js';
import type { Bundle, Outcome, Pool } from '../outcome.js';
import { threadPool } from '../thread-pool.js';
import type { RedisAddress } from './redis-address.js';
import { mismatch, PREFIX, queueName, RedisLink } from './redis-link.js';
import { bullmq, type Job } from './redis-pool.js';

/** A worker that does not renew its hold on a run for so long is thought dead, which is looked for so often. */
const LOCK_MS = 4_000;
const STALLED_EVERY_MS = 1_000;
/** A run that outlives so many workers is given up: it may well be what kills them. */
const STALLED_MAX = 4;

/** A worker that takes runs until it is closed. */
export interface RedisWorker {
  /** Finishes what is under way, and takes no more. */
  close(): Promise<void>;
}

/** Takes runs from a Redis and makes them in so many threads. `ended` is called after each. Throws InputError when refused. */
export async function redisWorker(
  address: RedisAddress,
  program: string,
  threads: number,
  ended: () => void,
): Promise<RedisWorker> {
  const { Worker } = await bullmq();
  const link = await RedisLink.open(address, 'worker', { program, host: hostname() });
  const refusal = mismatch(program, await link.peers('coordinator'), 'the sweeps there are of');
  if (refusal !== undefined) {
    await link.close();
    throw new InputError(refusal, { remedy: 'install the same version on both sides; no run was taken' });
  }
  await link.appear();
  const pools = new ThreadPools(threads, (name) => link.bundle(name));
  const worker = new Worker<Job, Outcome>(
    queueName(program),
    async ({ data }) => {
      const outcome = await (await pools.of(data.bundle)).run(data.order);
      // BullMQ gives it to a worker again.
      if (outcome.status === 'failed' && outcome.reason === 'lost') throw new Error(outcome.message);
      ended();
      return outcome;
    },
    {
      connection: address.options,
      prefix: PREFIX,
      concurrency: threads,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      maxStalledCount: STALLED_MAX,
    },
  );
  worker.on('error', () => {});
  return {
    close: async () => {
      await worker.close();
      await pools.close();
      await link.close();
    },
  };
}

/** Threads for the scenarios that were asked for last: each thread holds one scenario. */
class ThreadPools {
  readonly #threads: number;
  readonly #read: (name: string) => Promise<Bundle>;
  readonly #pools: Map<string, Promise<Pool>>;

  constructor(threads: number, read: (name: string) => Promise<Bundle>) {
    this.#threads = threads;
    this.#read = read;
    this.#pools = new Map();
  }

  of(name: string): Promise<Pool> {
    let pool = this.#pools.get(name);
    if (pool === undefined) pool = this.#read(name).then((bundle) => threadPool(bundle, this.#threads));
    // The one that was asked for last stands last. One that could not be had is asked for anew.
    this.#pools.delete(name);
    this.#pools.set(name, pool);
    pool.catch(() => this.#pools.delete(name));
    this.#closeOldest();
    return pool;
  }

  /** There are no more runs under way than threads: with one scenario more, that of the oldest has none. */
  #closeOldest(): void {
    const [oldest] = this.#pools;
    if (oldest === undefined || this.#pools.size <= this.#threads + 1) return;
    this.#pools.delete(oldest[0]);
    oldest[1].then((pool) => pool.close()).catch(() => {});
  }

  async close(): Promise<void> {
    for (const pool of this.#pools.values()) await (await pool).close();
  }
}
