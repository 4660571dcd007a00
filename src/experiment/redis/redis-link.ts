import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { InputError } from '../../api/input-error.js';
import type { Bundle } from '../outcome.js';
import type { RedisAddress } from './redis-address.js';

/** All keys of hubsim in a Redis begin with it. */
export const PREFIX = 'hubsim';

/** Scenarios stay this long after somebody last asked for a run of them. */
const BUNDLE_SECONDS = 7 * 24 * 3600;
/** Who is there says so this often, and is thought gone after three times that. */
const ALIVE_EVERY_MS = 5_000;
const ALIVE_SECONDS = 15;

export type Role = 'coordinator' | 'worker';

/** Somebody who shares the Redis. */
export interface Peer {
  readonly program: string;
  readonly host: string;
}

/** The queue of a program: others take no run of it. BullMQ allows no colon in a name. */
export function queueName(program: string): string {
  return `runs-${program.replace('+', '-')}`;
}

/** What coordinators and workers keep in the Redis beside the queue: who they are, and the scenarios. */
export class RedisLink {
  readonly #client: Redis;
  readonly #key: string;
  readonly #self: Peer;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(client: Redis, role: Role, self: Peer) {
    this.#client = client;
    this.#key = `${PREFIX}:${role}:${randomUUID()}`;
    this.#self = self;
  }

  /** Throws InputError when there is no way in. */
  static async open(address: RedisAddress, role: Role, self: Peer): Promise<RedisLink> {
    const { Redis } = await import('ioredis');
    const client = new Redis({ ...address.options, lazyConnect: true, retryStrategy: null });
    // Without a listener the first error would end the process; connect() throws it anyway.
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    try {
      await client.connect();
      await client.ping();
    } catch (error) {
      client.disconnect();
      const { message } = errors[0] ?? (error as Error);
      throw new InputError(`cannot use ${address.shown}: ${message}`, {
        remedy: 'see that it runs, and user, password and certificate',
      });
    }
    return new RedisLink(client, role, self);
  }

  /** Says that this process is there, from now on until it closes. */
  async appear(): Promise<void> {
    const say = (): Promise<unknown> => this.#client.set(this.#key, JSON.stringify(this.#self), 'EX', ALIVE_SECONDS);
    await say();
    this.#timer = setInterval(() => void say().catch(() => {}), ALIVE_EVERY_MS);
    this.#timer.unref();
  }

  /** Who is there. */
  async peers(role: Role): Promise<readonly Peer[]> {
    const keys: string[] = [];
    for await (const some of this.#client.scanStream({ match: `${PREFIX}:${role}:*` }))
      keys.push(...(some as string[]));
    const texts = keys.length === 0 ? [] : await this.#client.mget(keys);
    return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as Peer]));
  }

  /** Puts a scenario where workers find it; gives the name it has there. */
  async putBundle(bundle: Bundle): Promise<string> {
    const text = JSON.stringify(bundle);
    const name = createHash('sha256').update(text).digest('hex');
    await this.#client.set(`${PREFIX}:bundle:${name}`, text, 'EX', BUNDLE_SECONDS);
    return name;
  }

  async bundle(name: string): Promise<Bundle> {
    const text = await this.#client.get(`${PREFIX}:bundle:${name}`);
    if (text === null) throw new Error(`the scenario ${name.slice(0, 12)} is no longer in the Redis`);
    return JSON.parse(text) as Bundle;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#client.del(this.#key).catch(() => {});
    this.#client.disconnect();
  }
}

/** What to say when those on the other side are all of another program; undefined when one is of the same, or none is there. */
export function mismatch(own: string, others: readonly Peer[], what: string): string | undefined {
  if (others.length === 0 || others.some(({ program }) => program === own)) return undefined;
  const there = [...new Set(others.map(({ program, host }) => `${program} on ${host}`))].sort().join(', ');
  return `this is hubsim ${own}, and ${what} hubsim ${there}`;
}
