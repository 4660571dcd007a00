import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import { Quantity } from '../../../src/api/quantity.js';

describe('Quantity', () => {
  it('keeps the format of the first summand, unless that is zero', () => {
    expect(Quantity.parse('1Gi').add(Quantity.parse('1M')).canonical()).toBe('1074741824');
    expect(Quantity.parse('0').add(Quantity.parse('1Gi')).canonical()).toBe('1Gi');
    expect(Quantity.parse('1Gi').subtract(Quantity.parse('1Gi')).canonical()).toBe('0');
  });

  it('rounds what is below a nano up rather than to nothing', () => {
    expect(Quantity.parse('1e-30').canonical()).toBe('1e-9');
  });

  it('prints no suffix beyond exa, as Kubernetes does', () => {
    expect(Quantity.parse('1000E').canonical()).toBe('1');
  });

  it.each(['', '1..5', '1 Gi', 'Gi1', '1gi', '0x10', '1e', '1e5.5', '１'])('refuses %j', (text) => {
    expect(() => Quantity.parse(text)).toThrow(InputError);
  });

  it('refuses an exponent that would fill memory with digits', () => {
    expect(() => Quantity.parse('1e999999999')).toThrow(InputError);
    expect(Quantity.parse('1e-999999999').canonical()).toBe('1e-9');
  });
});
