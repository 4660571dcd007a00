import { InputError } from '../api/input-error.js';
import { exp } from '../random/exp.js';
import { ln } from '../random/ln.js';

/** More values than this in one range are a slip. */
const LEVELS_MAX = 10_000;
/** Digits kept of a value on a logarithmic range, so that people can read it. */
const DIGITS = 3;

const RANGE =
  /^\s*(-?[0-9.]+?)([a-zµ%]*)\s*\.\.\s*(-?[0-9.]+)([a-zA-Zµ%]*)\s*(?:(step|times|log)\s+(-?[0-9.]+)([a-zµ%]*))?\s*$/;

/** How ranges are written. */
export const RANGE_REMEDY = 'write 10..100 step 10, 1..1000 times 10 or 20..500 log 5';

/** A range as written: two ends of one unit, and perhaps how to go from one to the other. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** `ms`, `Gi`, or nothing. */
  readonly unit: string;
  readonly by: 'step' | 'times' | 'log' | undefined;
  readonly amount: number;
}

/** `10..100 step 10`, `1..1000 times 10`, `20..500 log 5`, `1ms..100ms log 5`; undefined when the text is no range. */
export function parseRange(text: string): Range | undefined {
  const match = RANGE.exec(text);
  if (match === null) return undefined;
  const [, from, fromUnit, to, unit, by, amount, amountUnit = ''] = match;
  const range = { from: Number(from), to: Number(to), unit: unit!, by: by as Range['by'], amount: Number(amount) };
  const wrong = (message: string): InputError =>
    new InputError(`${text}: ${message}`, {
      value: text,
      remedy: RANGE_REMEDY,
    });
  if (fromUnit !== '' && fromUnit !== unit) throw wrong(`the ends have different units, ${fromUnit} and ${unit}`);
  if (Number.isNaN(range.from) || Number.isNaN(range.to)) throw wrong('an end is not a number');
  if (!(range.from < range.to)) throw wrong('the first end must be below the second');
  if (by === 'step' && !(range.amount > 0 && (amountUnit === '' || amountUnit === unit)))
    throw wrong('the step is no good');
  if (by === 'times' && !(range.amount > 1 && range.from > 0))
    throw wrong('a factor must be above 1, and the ends above 0');
  if (by === 'log' && !(Number.isInteger(range.amount) && range.amount > 1 && range.from > 0))
    throw wrong('log needs how many values, 2 or more, and ends above 0');
  return range;
}

/** All values of a range, as they would be written in a scenario. Throws InputError for one without steps. */
export function levelsOf(range: Range): (number | string)[] {
  const { from, to, by, amount } = range;
  const levels: number[] = [];
  if (by === undefined)
    throw new InputError(`${from}..${to} does not say which values lie between`, {
      remedy: 'add step 10, times 2 or log 5',
    });
  const next = (index: number): number => {
    if (by === 'step') return tidy(from + index * amount, 12);
    if (by === 'times') return tidy(index === 0 ? from : levels[index - 1]! * amount, 12);
    return between(range, index / (amount - 1));
  };
  const end = by === 'log' ? amount : LEVELS_MAX + 1;
  for (let index = 0; index < end; index++) {
    const level = next(index);
    if (by !== 'log' && level > to * (1 + 1e-9)) break;
    if (level !== levels.at(-1)) levels.push(level);
  }
  if (levels.length > LEVELS_MAX)
    throw new InputError(`${from}..${to} has more than ${LEVELS_MAX} values`, { remedy: 'take larger steps' });
  return levels.map((level) => withUnit(level, range.unit));
}

/** The value at a share of the way through a range, even in the logarithm; whole where both ends are. */
export function between({ from, to }: Pick<Range, 'from' | 'to'>, share: number): number {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const value = tidy(exp(ln(from) + share * (ln(to) - ln(from))), DIGITS);
  return Number.isInteger(from) && Number.isInteger(to) ? Math.round(value) : value;
}

/** As it would be written: a number, or a text when it has a unit. */
export function withUnit(level: number, unit: string): number | string {
  return unit === '' ? level : `${level}${unit}`;
}

/** Without the noise of floating point in the last digits. */
function tidy(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
