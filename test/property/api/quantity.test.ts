import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milliCpuOf, unitsOf } from '../../../src/api/amount.js';
import { Quantity } from '../../../src/api/quantity.js';

const SUFFIXES = ['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'E-3', 'e+6'];

const number = fc
  .tuple(fc.constantFrom('', '-', '+'), fc.bigInt(0n, 10n ** 12n), fc.option(fc.bigInt(0n, 10n ** 6n)))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`);
const text = fc.tuple(number, fc.constantFrom(...SUFFIXES)).map(([digits, suffix]) => digits + suffix);
/** Without the sums that Kubernetes prints without a suffix because there is none beyond exa. */
const printable = text.filter((quantity) => !/[TPE]$/.test(quantity));

const seed = { seed: 42, numRuns: 2000 };

describe('quantities', () => {
  it('read back what they print, and print it again', () => {
    fc.assert(
      fc.property(printable, (quantity) => {
        const parsed = Quantity.parse(quantity);
        const again = Quantity.parse(parsed.canonical());
        expect(again.nanos).toBe(parsed.nanos);
        expect(again.canonical()).toBe(parsed.canonical());
      }),
      seed,
    );
  });

  it('add and subtract back to where they were', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const [a, b] = [Quantity.parse(left), Quantity.parse(right)];
        expect(a.add(b).subtract(b).compare(a)).toBe(0);
        expect(a.add(b).compare(b.add(a))).toBe(0);
        expect(a.compare(b)).toBe(-b.compare(a) + 0);
      }),
      seed,
    );
  });

  it('are the same by the short cut for everyday text', () => {
    const everyday = fc
      .tuple(fc.nat(999_999_999), fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'))
      .map(([digits, suffix]) => `${digits}${suffix}`);
    fc.assert(
      fc.property(everyday, (quantity) => {
        const exact = Quantity.parse(quantity);
        expect(milliCpuOf(quantity)).toBe(Number(exact.milliValue()));
        expect(unitsOf(quantity)).toBe(Number(exact.value()));
      }),
      seed,
    );
  });
});
