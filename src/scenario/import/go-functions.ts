import type { Stream } from '../../random/stream.js';

/** A value in a Go template. */
export type GoValue = unknown;

/** Something hangs on a value that is known only when an object is made. */
export class Unknowable extends Error {
  constructor() {
    super('the number of an object is used for more than its name');
  }
}

/** What was calculated of such a value. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A text that is written as it is, for a value that is known only when an object is made. */
export class Later {
  readonly text: string;
  /** What is calculated with, where somebody is content with that of the first object. */
  readonly first: number | undefined;

  constructor(text: string, first?: number) {
    this.text = text;
    this.first = first;
  }

  toString(): string {
    return this.text;
  }
}

type GoFunction = (...values: GoValue[]) => GoValue;

function number(value: GoValue): number {
  if (value instanceof Later) return number(value.first ?? UNKNOWN);
  if (value === UNKNOWN) throw new Unknowable();
  const result = typeof value === 'boolean' ? Number.NaN : Number(value);
  if (Number.isFinite(result)) return result;
  throw new Error(`${JSON.stringify(value)} is no number`);
}

function numbers(calculate: (a: number, b: number) => number): GoFunction {
  return (...values) => values.map(number).reduce((a, b) => calculate(a, b));
}

/** ClusterLoader2 calculates in floating point, and cuts off in the end (pkg/config/template_functions.go). */
function integers(calculate: (a: number, b: number) => number): GoFunction {
  const exact = numbers(calculate);
  return (...values) => Math.trunc(exact(...values) as number);
}

/** Throws Unknowable where that is not known yet. */
export function isTrue(value: GoValue): boolean {
  if (value === UNKNOWN) throw new Unknowable();
  return value !== undefined && value !== false && value !== 0 && value !== '' && value !== null;
}

function compare(holds: (a: number, b: number) => boolean): GoFunction {
  return (a, b) => holds(number(a), number(b));
}

function isEqual(a: GoValue, b: GoValue): boolean {
  if ([a, b].some((one) => one === UNKNOWN || one instanceof Later)) return number(a) === number(b);
  return a === b || String(a) === String(b);
}

const add = (a: number, b: number): number => a + b;
const subtract = (a: number, b: number): number => a - b;
const multiply = (a: number, b: number): number => a * b;
const divide = (a: number, b: number): number => a / b;

/** The first value that is as true as that, whatever is not known of the others; the last one if none is. */
function deciding(values: readonly GoValue[], decides: boolean): GoValue {
  const found = values.find((value) => value !== UNKNOWN && isTrue(value) === decides);
  if (found !== undefined) return found;
  return values.includes(UNKNOWN) ? UNKNOWN : values.at(-1);
}

/** Functions of text/template and of ClusterLoader2; what is random is drawn from the stream. */
export function goFunctions(stream: Stream): Readonly<Record<string, GoFunction>> {
  return {
    AddInt: integers(add),
    SubtractInt: integers(subtract),
    MultiplyInt: integers(multiply),
    DivideInt: integers(divide),
    AddFloat: numbers(add),
    SubtractFloat: numbers(subtract),
    MultiplyFloat: numbers(multiply),
    DivideFloat: numbers(divide),
    MaxInt: integers(Math.max),
    MinInt: integers(Math.min),
    MaxFloat: numbers(Math.max),
    MinFloat: numbers(Math.min),
    Ceil: (value) => Math.ceil(number(value)),
    Mod: (a, b) => Math.trunc(number(a)) % Math.trunc(number(b)),
    Concat: (...texts) => texts.join(''),
    Lowercase: (text) => String(text).toLowerCase(),
    StringSplit: (text) => String(text).split(','),
    Seq: zeros,
    SliceOfZeros: zeros,
    nil: () => undefined,
    DefaultParam: (value, ...others) => [value, ...others].find((one) => one !== undefined),
    IfThenElse: (condition, yes, no) => (isTrue(condition) ? yes : no),
    Loop: (count) => Array.from({ length: Math.max(0, number(count)) }, (_, index) => index),
    RandInt: (most) => stream.below(Math.trunc(number(most)) + 1),
    RandIntRange: (least, most) => Math.trunc(number(least)) + stream.below(span(number(least), number(most))),
    RandData: (length) => 'x'.repeat(number(length)),
    RandDataWithSeed: (length) => 'x'.repeat(number(length)),
    YamlQuote: (text) => JSON.stringify(String(text)),
    printf: (format, ...values) => printed(String(format), values),
    not: (value) => !isTrue(value),
    and: (...values) => deciding(values, false),
    or: (...values) => deciding(values, true),
    eq: (first, ...others) => others.some((other) => isEqual(first, other)),
    ne: (a, b) => !isEqual(a, b),
    lt: compare((a, b) => a < b),
    le: compare((a, b) => a <= b),
    gt: compare((a, b) => a > b),
    ge: compare((a, b) => a >= b),
    len: (value) => String(value).length,
  };
}

function zeros(count: GoValue): number[] {
  return new Array<number>(number(count)).fill(0);
}

/** Whole numbers from one to the other, both included. */
function span(least: number, most: number): number {
  return Math.max(1, Math.trunc(most) - Math.trunc(least) + 1);
}

function printed(format: string, values: readonly GoValue[]): string {
  let at = 0;
  return format.replaceAll(/%[-+0-9.]*[a-z]/g, () => String(values[at++] ?? ''));
}
