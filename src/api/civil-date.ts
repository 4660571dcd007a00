/** A day of the proleptic Gregorian calendar. */
export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Days of 400 years, after which the calendar repeats. */
const ERA_DAYS = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_SHIFT_DAYS = 719_468;

/**
 * The date of a day counted from 1970-01-01, in UTC. Years are taken to begin in March, so that the leap day is the
 * last of them and a month's start is a linear function.
 */
export function civilDateOf(dayNumber: number): CivilDate {
  const shifted = dayNumber + EPOCH_SHIFT_DAYS;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** A moment as Kubernetes writes it, whole seconds in UTC: `1970-01-01T00:00:49Z`. */
export function formatTimestamp(timeNs: number): string {
  const seconds = Math.floor(timeNs / 1e9);
  const dayNumber = Math.floor(seconds / 86_400);
  const { year, month, day } = civilDateOf(dayNumber);
  const second = seconds - dayNumber * 86_400;
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(twoDigits).join(':');
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}T${clock}Z`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
