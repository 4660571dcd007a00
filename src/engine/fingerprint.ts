const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const TWO_POW_MINUS_32: number = 2 ** -32;

/**
 * A running 64-bit hash over (time, name of the kind, target) of every executed event, in the order they ran: two runs
 * with equal fingerprints did the same. Two 32-bit lanes, two multiplications an event. Not cryptographic.
 */
export class Fingerprint {
  private high: number;
  private low: number;
  private timeHigh: number;
  private timeLow: number;

  constructor() {
    this.high = 0x243f6a88;
    this.low = 0x13198a2e;
    this.timeHigh = 0;
    this.timeLow = 0;
  }

  /** The time of the events that are added from now on: many share one. */
  moveTo(timeNs: number): void {
    this.timeHigh = (timeNs * TWO_POW_MINUS_32) | 0;
    this.timeLow = timeNs | 0;
  }

  /** An event of a kind whose name has this {@link nameHash}: names, so that one more kind changes no other's events. */
  add(kindHash: number, target: number): void {
    const high = (Math.imul(((this.high << 13) | (this.high >>> 19)) ^ this.timeLow, PRIME_1) + this.timeHigh) | 0;
    this.high = high;
    this.low = Math.imul(((this.low << 17) | (this.low >>> 15)) ^ high ^ ((target + kindHash) | 0), PRIME_2);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    const high = avalanche(this.high ^ Math.imul(this.low, PRIME_3));
    const low = avalanche(this.low ^ high);
    return hex(high) + hex(low);
  }
}

/** A word that stands for a name. */
export function nameHash(name: string): number {
  let word = PRIME_1 | 0;
  for (let index = 0; index < name.length; index++) word = avalanche(Math.imul(word, PRIME_3) ^ name.charCodeAt(index));
  return word;
}

function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
