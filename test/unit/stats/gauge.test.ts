import { expect, test } from 'vitest';
import { Gauge } from '../../../src/stats/gauge.js';

test('a gauge weighs each value by how long it held', () => {
  const gauge = new Gauge(100, 2);
  gauge.set(10, 110);
  gauge.add(-6, 130);
  expect(gauge.value).toBe(4);
  expect(gauge.max).toBe(10);
  expect(gauge.mean(140)).toBe((2 * 10 + 10 * 20 + 4 * 10) / 40);
  expect(gauge.integralNs(140)).toBe(260);
});

test('the mean over no time is the value', () => {
  expect(new Gauge(5, 3).mean(5)).toBe(3);
});
