import { readFileSync } from 'node:fs';
import { InputError } from '../../api/input-error.js';

/** As BullMQ and ioredis take it. */
export interface RedisOptions {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: { readonly ca?: Buffer };
  readonly maxRetriesPerRequest: null;
}

/** Where a Redis is and how to get in. */
export interface RedisAddress {
  /** Without user and password: for messages. */
  readonly shown: string;
  readonly options: RedisOptions;
}

/**
 * `redis://[[USER]:PASSWORD@]HOST[:PORT][/DB]`, `rediss://…` with TLS; `caFile` holds certificates to trust instead of the
 * system's. Throws InputError, never with the password in it.
 */
export function redisAddress(text: string, caFile: string | undefined): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw new InputError('--redis is no address of a Redis', {
      remedy: 'write redis://[[USER]:PASSWORD@]HOST[:PORT], or rediss:// for TLS',
    });
  const isTls = url.protocol === 'rediss:';
  if (caFile !== undefined && !isTls)
    throw new InputError('--redis-ca needs rediss://', { remedy: 'write --redis rediss://…' });
  const db = url.pathname.slice(1);
  if (!/^[0-9]*$/.test(db))
    throw new InputError(`${db} is no number of a database`, { remedy: 'write redis://HOST/0' });
  return {
    shown: `${url.protocol}//${url.host}${url.pathname}`,
    options: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 6379 : Number(url.port),
      ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
      ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
      ...(db === '' ? {} : { db: Number(db) }),
      ...(isTls ? { tls: caFile === undefined ? {} : { ca: certificates(caFile) } } : {}),
      // BullMQ's own connections must wait for a server that is away for a while.
      maxRetriesPerRequest: null,
    },
  };
}

function certificates(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${(error as Error).message}`, {
      remedy: 'give the PEM file of the authority',
    });
  }
}
