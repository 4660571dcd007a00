import { assert } from './assert.js';

/** Insertions that fit below the priority in one exact double: four months at 3 M events a second. */
const INSERTIONS_MAX: number = 2 ** 45;
const PRIORITY_MAX = 127;

/** Orders of events without a priority are at most this with plain ties; those of positive priorities are more. */
export const PLAIN_ORDER_MAX: number = INSERTIONS_MAX;

export function assertPriority(priority: number): void {
  const fits = Number.isInteger(priority) && Math.abs(priority) <= PRIORITY_MAX;
  assert(fits, 'a priority must be an integer in [-127, 127]');
}

/** How events of one time and one priority are ordered: as they were inserted, or by a reproducible permutation. */
export type Ties = 'fifo' | 'seeded';

/**
 * Gives each event the number that orders it among the events of its time: priority first, then insertion. With
 * `seeded` ties the low 32 bits of the insertion number go through a keyed bijection, so the order is random, unique
 * and the same for the same seed; nothing else is drawn for it.
 */
export class TieOrder {
  /** Events inserted so far: the identity of the event ordered last. */
  insertions: number;
  private readonly seeded: boolean;
  private readonly key: number;

  constructor(ties: Ties, seed: number | string) {
    this.insertions = 0;
    this.seeded = ties === 'seeded';
    this.key = hash(JSON.stringify(seed));
  }

  /** The order of the event inserted now. `priority` is an integer in [-127, 127]; smaller runs first. */
  next(priority: number): number {
    const insertion = ++this.insertions;
    const order = this.seeded ? this.permute(insertion) : insertion;
    return priority === 0 ? order : order + priority * INSERTIONS_MAX;
  }

  private permute(insertion: number): number {
    const low = insertion >>> 0;
    const high = (insertion - low) / 2 ** 32;
    return mix(low ^ this.key) * 2 ** 13 + high;
  }
}

/** A bijection of 32 bits (the finaliser of MurmurHash3, twice keyed by what the caller mixes in). */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = mix(state ^ text.charCodeAt(index));
  return state;
}
