import { InputError } from '../../../api/input-error.js';

/** What a field of a schedule may hold. */
export interface CronBounds {
  readonly min: number;
  readonly max: number;
  /** Names in the order of their numbers, from `min`. */
  readonly names: readonly string[];
}

export const MINUTES: CronBounds = { min: 0, max: 59, names: [] };
export const HOURS: CronBounds = { min: 0, max: 23, names: [] };
export const DAYS: CronBounds = { min: 1, max: 31, names: [] };
export const MONTHS: CronBounds = {
  min: 1,
  max: 12,
  names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
export const WEEKDAYS: CronBounds = { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] };

/** The values that a field allows. */
export interface CronField {
  readonly values: ReadonlySet<number>;
  /** Whether it has a star without a step: then it leaves the choice of days to the other day field. */
  readonly star: boolean;
}

/** Reads a comma-separated list of ranges (robfig/cron parser.go getField). Throws InputError. */
export function parseCronField(text: string, bounds: CronBounds): CronField {
  const values = new Set<number>();
  let star = false;
  for (const part of text.split(',')) {
    if (part === '') continue;
    const range = parseRange(part, bounds);
    star ||= range.star;
    for (let value = range.first; value <= range.last; value += range.step) values.add(value);
  }
  return { values, star };
}

interface CronRange {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly star: boolean;
}

/** `*`, `7`, `MON-FRI`, each perhaps with a step; `5/15` goes on to the end of the field. */
function parseRange(text: string, bounds: CronBounds): CronRange {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreEnds] = range.split('-');
  if (moreSteps.length > 0) throw malformed(text, 'it has more than one slash');
  const step = stepText === undefined ? 1 : parseNumber(stepText, text);
  if (step === 0) throw malformed(text, 'a step must be at least 1');
  if (low === '*' || low === '?') return { first: bounds.min, last: bounds.max, step, star: step === 1 };
  if (moreEnds.length > 0) throw malformed(text, 'it has more than one hyphen');
  const first = parseValue(low, text, bounds);
  const end = high === undefined ? first : parseValue(high, text, bounds);
  const last = high === undefined && stepText !== undefined ? bounds.max : end;
  if (first < bounds.min || last > bounds.max || first > last)
    throw malformed(text, `it must lie between ${bounds.min} and ${bounds.max}, the smaller number first`);
  return { first, last, step, star: false };
}

function parseValue(text: string, part: string, bounds: CronBounds): number {
  const named = bounds.names.indexOf(text.toLowerCase());
  return named < 0 ? parseNumber(text, part) : bounds.min + named;
}

function parseNumber(text: string, part: string): number {
  if (!/^\+?[0-9]+$/.test(text)) throw malformed(part, `${JSON.stringify(text)} is not a number`);
  return Number(text);
}

function malformed(part: string, why: string): InputError {
  return new InputError(`${JSON.stringify(part)} cannot stand in a schedule: ${why}`, {
    value: part,
    remedy: 'write a number, a range like 9-17, a list like 1,15, a step like */5, or *',
  });
}
