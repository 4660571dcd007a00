import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/api/input-error.js';
import { parseCronSchedule } from '../../../../src/spokes/controllers/cronjob/cron-schedule.js';

function next(schedule: string, after: string): string {
  return new Date(parseCronSchedule(schedule).next(Date.parse(after) / 1000) * 1000).toISOString().slice(0, 16);
}

describe('a schedule', () => {
  it('runs on the day of the month or of the week when both are given', () => {
    expect(next('0 0 13 * FRI', '2026-01-01T00:00:00Z')).toBe('2026-01-02T00:00');
    expect(next('0 0 13 * *', '2026-01-02T00:00:00Z')).toBe('2026-01-13T00:00');
  });

  it('knows leap years, names in any case, steps from a number, and lists', () => {
    expect(next('0 0 29 2 *', '2026-01-01T00:00:00Z')).toBe('2028-02-29T00:00');
    expect(next('5/20 8 * jan-MAR Mon', '2026-01-01T00:00:00Z')).toBe('2026-01-05T08:05');
    expect(next('1,3 * * * *', '2026-01-01T00:01:00Z')).toBe('2026-01-01T00:03');
  });

  it('never comes where there is no such day', () => {
    expect(parseCronSchedule('0 0 31 2 *').next(0)).toBe(-1);
  });

  it('counts whole seconds from the last run with @every', () => {
    expect(parseCronSchedule('@every 90.7s').next(1000)).toBe(1090);
    expect(parseCronSchedule('@every 10ms').next(1000)).toBe(1001);
  });

  it('is refused with a reason where it is malformed', () => {
    for (const wrong of [
      '',
      '* * * *',
      '60 * * * *',
      '5-3 * * * *',
      '*/0 * * * *',
      '@never',
      'x * * * *',
      '1-2-3 * * * *',
    ])
      expect(() => parseCronSchedule(wrong), wrong).toThrow(InputError);
    expect(() => parseCronSchedule('TZ=Europe/Berlin 0 3 * * *')).toThrow(/Europe\/Berlin/);
  });

  it('finds the same minutes as looking at every one of them', () => {
    const step = fc.constantFrom('*', '*/7', '3-20/4', '0,30', '15');
    fc.assert(
      fc.property(
        step,
        fc.constantFrom('*', '*/5', '9-17'),
        fc.constantFrom('*', '1', '*/2'),
        fc.nat(1e6),
        (minute, hour, day, start) => {
          const schedule = parseCronSchedule(`${minute} ${hour} ${day} * *`);
          const found = schedule.next(start);
          const matches = (seconds: number): boolean => schedule.next(seconds - 1) === seconds;
          expect(found).toBeGreaterThan(start);
          expect(found % 60).toBe(0);
          expect(matches(found)).toBe(true);
          for (let at = Math.ceil((start + 1) / 60) * 60; at < Math.min(found, start + 86_400); at += 60)
            expect(matches(at)).toBe(false);
        },
      ),
      { seed: 6, numRuns: 20 },
    );
  });
});
