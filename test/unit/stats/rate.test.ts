import { expect, test } from 'vitest';
import { Rate } from '../../../src/stats/rate.js';

const SECOND = 1_000_000_000;

test('a steady rate has its mean and peak', () => {
  const rate = new Rate();
  for (let index = 0; index < 500; index++) rate.add(index * 20_000_000);
  expect(rate.mean(10 * SECOND)).toBe(50);
  expect(rate.peak).toBe(50);
});

test('the peak is found across the border of two seconds', () => {
  const rate = new Rate();
  rate.add(0.6 * SECOND, 30);
  rate.add(1.4 * SECOND, 40);
  rate.add(2.6 * SECOND, 5);
  expect(rate.peak).toBe(70);
  expect(rate.mean(3 * SECOND)).toBe(25);
});

test('what happened a window ago no longer counts, after short and long pauses', () => {
  const rate = new Rate();
  rate.add(0, 10);
  rate.add(SECOND, 6);
  rate.add(100 * SECOND, 7);
  rate.add(100.5 * SECOND, 8);
  expect(rate.peak).toBe(15);
});

test('a rate is per second whatever the window, and starts where it is told', () => {
  const rate = new Rate(5 * SECOND, 10 * SECOND);
  rate.add(6 * SECOND, 20);
  expect(rate.peak).toBe(2);
  expect(rate.mean(9 * SECOND)).toBe(5);
  expect(rate.mean(5 * SECOND)).toBe(0);
});
