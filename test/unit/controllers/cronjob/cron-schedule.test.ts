import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/api/input-error.js';
import { TimeZone } from '../../../../src/api/time-zone.js';
import { parseCronSchedule } from '../../../../src/spokes/controllers/cronjob/cron-schedule.js';

function next(schedule: string, after: string): string {
  return new Date(parseCronSchedule(schedule).next(Date.parse(after) / 1000) * 1000).toISOString().slice(0, 16);
}

/** The times in UTC at which a schedule runs in a zone. */
function zoned(schedule: string, zone: string, after: string, count = 1): string[] {
  const parsed = parseCronSchedule(schedule, zone);
  const times: string[] = [];
  for (let at = parsed.next(Date.parse(after) / 1000); at >= 0 && times.length < count; at = parsed.next(at))
    times.push(new Date(at * 1000).toISOString().slice(0, 16));
  return times;
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

  it('may come as seldom as Go can count, longer than a run of the simulator', () => {
    expect(parseCronSchedule('@every 8760h').next(1000)).toBe(1000 + 365 * 86_400);
    expect(() => parseCronSchedule('@every 2562048h')).toThrow(InputError);
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
    expect(() => parseCronSchedule('TZ=Europe/Bern 0 3 * * *')).toThrow(/Europe\/Bern/);
    expect(() => parseCronSchedule('0 3 * * *', '+02:00')).toThrow(InputError);
  });

  it('goes by the clocks of a time zone, in summer and in winter', () => {
    expect(zoned('0 3 * * *', 'Europe/Berlin', '2026-01-10T12:00:00Z')).toEqual(['2026-01-11T02:00']);
    expect(zoned('0 3 * * *', 'Europe/Berlin', '2026-07-10T12:00:00Z')).toEqual(['2026-07-11T01:00']);
    expect(zoned('CRON_TZ=Asia/Kolkata 30 9 * * *', '', '2026-01-10T12:00:00Z')).toEqual(['2026-01-11T04:00']);
    expect(zoned('0 3 1 7 *', 'America/New_York', '2026-01-10T12:00:00Z')).toEqual(['2026-07-01T07:00']);
    expect(zoned('0 0 31 2 *', 'America/New_York', '2026-01-10T12:00:00Z')).toEqual([]);
  });

  it('does not run at an hour that is skipped, and twice at one that comes twice', () => {
    // On 29 March 2026 it is 3:00 in Berlin when 2:00 was due, on 25 October 2:00 once more when 3:00 was.
    const spring = zoned('30 2 * * *', 'Europe/Berlin', '2026-03-27T12:00:00Z', 2);
    expect(spring).toEqual(['2026-03-28T01:30', '2026-03-30T00:30']);
    const autumn = zoned('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 3);
    expect(autumn).toEqual(['2026-10-25T00:30', '2026-10-25T01:30', '2026-10-26T01:30']);
  });

  it('names every minute at which the clocks of its zone show what it says, and no other', () => {
    const zone = TimeZone.named('America/New_York')!;
    const utc = parseCronSchedule('*/30 1-3 * * *');
    const schedule = parseCronSchedule('*/30 1-3 * * *', 'America/New_York');
    for (const day of ['2026-03-07', '2026-10-31']) {
      const from = Date.parse(`${day}T00:00:00Z`) / 1000;
      for (let at = from; at < from + 3 * 86_400; at += 1800) {
        const shown = at + zone.offsetSeconds(at);
        expect(schedule.next(at - 1) === at).toBe(utc.next(shown - 1) === shown);
      }
    }
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
