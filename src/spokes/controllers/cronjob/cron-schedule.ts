import { type CivilDate, civilDateOf } from '../../../api/civil-date.js';
import { parseLongDuration } from '../../../api/duration.js';
import { InputError } from '../../../api/input-error.js';
import { TimeZone } from '../../../api/time-zone.js';
import { type CronField, DAYS, HOURS, MINUTES, MONTHS, parseCronField, WEEKDAYS } from './cron-field.js';
import { ZonedSchedule } from './zoned-schedule.js';

/** When something is to happen, again and again, in Unix seconds. */
export interface CronSchedule {
  /** The first time after this one; -1 if there is none within five years. */
  next(afterSeconds: number): number;
}

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const EVERY = '@every ';
const DAY_SECONDS = 86_400;
const YEARS_AHEAD = 5;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;

/**
 * Reads a schedule as robfig/cron's standard parser does: `minute hour day month weekday`, `@hourly` and its like, or
 * `@every 90s`, by the clocks of a time zone (UTC if it names none, or `TZ=` at its beginning does not). Throws InputError.
 */
export function parseCronSchedule(text: string, timeZone = ''): CronSchedule {
  const [, zone = timeZone, schedule = text] = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/.exec(text) ?? [];
  const calendar = parseUnzoned(schedule.trim(), text);
  return ['', 'UTC'].includes(zone) ? calendar : new ZonedSchedule(calendar, zoneNamed(zone, text));
}

function zoneNamed(name: string, text: string): TimeZone {
  const zone = TimeZone.named(name);
  if (zone !== undefined) return zone;
  const remedy = 'write a time zone of the IANA database, such as Europe/Berlin, or leave it out for UTC';
  throw new InputError(`the time zone ${name} is not known`, { value: text, remedy });
}

function parseUnzoned(schedule: string, text: string): CronSchedule {
  if (schedule.startsWith(EVERY)) return new FixedInterval(parseLongDuration(schedule.slice(EVERY.length)));
  const described = DESCRIPTORS[schedule] ?? schedule;
  const fields = described.split(/\s+/).filter((field) => field !== '');
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || described.startsWith('@'))
    throw new InputError(`${JSON.stringify(text)} is not a schedule`, {
      value: text,
      remedy: `write five fields (minute hour day month weekday), ${EVERY}and a duration, or one of ${Object.keys(DESCRIPTORS).join(', ')}`,
    });
  return new Calendar(
    parseCronField(minute!, MINUTES),
    parseCronField(hour!, HOURS),
    parseCronField(day!, DAYS),
    parseCronField(month!, MONTHS),
    parseCronField(weekday!, WEEKDAYS),
  );
}

/** A fixed interval in whole seconds, at least one (robfig/cron constantdelay.go). */
class FixedInterval implements CronSchedule {
  private readonly seconds: number;

  constructor(intervalNs: bigint) {
    this.seconds = Math.max(1, Number(intervalNs / 1_000_000_000n));
  }

  next(afterSeconds: number): number {
    return Math.floor(afterSeconds) + this.seconds;
  }
}

/** Five fields, to the minute (robfig/cron spec.go). */
class Calendar implements CronSchedule {
  private readonly minutes: readonly number[];
  private readonly hours: readonly number[];
  private readonly days: CronField;
  private readonly months: CronField;
  private readonly weekdays: CronField;

  constructor(minute: CronField, hour: CronField, days: CronField, months: CronField, weekdays: CronField) {
    this.minutes = [...minute.values].sort((a, b) => a - b);
    this.hours = [...hour.values].sort((a, b) => a - b);
    this.days = days;
    this.months = months;
    this.weekdays = weekdays;
  }

  next(afterSeconds: number): number {
    const earliest = Math.floor(afterSeconds) + 1;
    const firstDay = Math.floor(earliest / DAY_SECONDS);
    const lastYear = civilDateOf(firstDay).year + YEARS_AHEAD;
    for (let day = firstDay; ; day++) {
      const date = civilDateOf(day);
      if (date.year > lastYear) return -1;
      if (!this.runsOn(date, weekdayOf(day))) continue;
      const second = this.firstSecond(day === firstDay ? earliest - day * DAY_SECONDS : 0);
      if (second >= 0) return day * DAY_SECONDS + second;
    }
  }

  /** Either day field is enough when both are restricted. */
  private runsOn({ month, day }: CivilDate, weekday: number): boolean {
    if (!this.months.values.has(month)) return false;
    const onDay = this.days.values.has(day);
    const onWeekday = this.weekdays.values.has(weekday);
    return this.days.star || this.weekdays.star ? onDay && onWeekday : onDay || onWeekday;
  }

  /** The first second of a day, from one on, at which it runs; -1 if there is none left. */
  private firstSecond(from: number): number {
    for (const hour of this.hours)
      for (const minute of this.minutes) {
        const second = hour * 3600 + minute * 60;
        if (second >= from) return second;
      }
    return -1;
  }
}

/** Day of the week, 0 for Sunday, of a day counted from 1970-01-01. */
function weekdayOf(day: number): number {
  return (((day + FIRST_WEEKDAY) % 7) + 7) % 7;
}
