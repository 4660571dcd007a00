import { describe, expect, it } from 'vitest';
import { milliCpuOf, quantityOf, unitsOf } from '../../../src/api/amount.js';

describe('amounts', () => {
  it('reads cpu in thousandths, rounded up', () => {
    expect(['2', '250m', '0.1', '1.0001', '0.0001', '1e3', '12000m'].map(milliCpuOf)).toEqual([
      2000, 250, 100, 1001, 1, 1_000_000, 12_000,
    ]);
    expect(milliCpuOf(2)).toBe(2000);
    expect(milliCpuOf(0.5)).toBe(500);
  });

  it('reads bytes and counts in whole units, rounded up', () => {
    expect(['128Mi', '1.5Gi', '1k', '100m', '110', '0'].map(unitsOf)).toEqual([
      134_217_728, 1_610_612_736, 1000, 1, 110, 0,
    ]);
    expect(unitsOf('1000000Gi')).toBe(1_000_000 * 2 ** 30);
  });

  it('takes blanks around a quantity as the API server does, but none within', () => {
    expect(quantityOf(' 1Gi ').canonical()).toBe('1Gi');
    expect(() => quantityOf('1 Gi')).toThrow(/is not a quantity/);
  });
});
