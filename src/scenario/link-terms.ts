import type * as z from 'zod';
import { InputError } from '../api/input-error.js';
import { type Link, sortOf } from '../cluster/link-end.js';
import type { LinkTerms } from '../cluster/link-wire.js';
import { parsed } from './schema-values.js';

const BITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

/** A rate as tc(8) and whoever sells lines write it, `100Mbit`, in bytes a second. */
export function bitRate(description: string): z.ZodType<number> {
  return parsed(parseBitRate, `${description} (bits a second such as 100Mbit, 1Gbit)`);
}

/** Throws InputError for what is no rate. */
export function parseBitRate(text: string): number {
  const [, number, unit] = /^([0-9]+(?:\.[0-9]+)?)([kMG]?)bit$/.exec(text) ?? [];
  const bytes = number === undefined ? 0 : (Number(number) * BITS[unit!]!) / 8;
  if (bytes > 0) return bytes;
  throw new InputError(`${JSON.stringify(text)} is no rate`, {
    remedy: 'write bits a second such as 100Mbit or 1Gbit',
  });
}

/** Throws InputError for terms that say nothing of a link, or what is not counted on it. */
export function checkTerms(link: Link, { delay, bandwidth }: LinkTerms): void {
  if (delay === undefined && bandwidth === undefined)
    throw new InputError('this says nothing of the link', { remedy: 'write delay: 20ms, bandwidth: 100Mbit, or both' });
  if (bandwidth !== undefined && ['server', 'peers'].includes(sortOf(link)))
    throw new InputError('the bytes between API servers and etcd are not counted', {
      remedy: 'write a delay, or name a client of the API server at one end',
    });
}
