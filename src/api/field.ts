import { didYouMean, nearest } from './did-you-mean.js';
import { InputError } from './input-error.js';
import { isObject, type JsonObject } from './json.js';
import type { Report } from './report.js';

/** Checks one value of a manifest: wrong values and fields without effect go to the report. */
export type Field = (value: unknown, report: Report) => void;

/** A field that a real cluster knows and that cannot change the outcome here, whatever it says. */
export const ignored: Field = () => {};

/** A field that would change what a real cluster does and is not modelled; empty ones say nothing. */
export const unmodelled: Field = (value, report) => {
  const empty = value === false || value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  if (!empty) report.warn('is not modelled and has no effect');
};

/** Text, with an optional check that gives the end of a sentence ("must be …") for a wrong one. */
export function text(problemOf?: (text: string) => string | undefined): Field {
  return (value, report) => {
    if (typeof value !== 'string') {
      const quotable = typeof value === 'number' || typeof value === 'boolean';
      report.error('must be text', value, quotable ? `put it in quotes: "${String(value)}"` : undefined);
      return;
    }
    const problem = problemOf?.(value);
    if (problem !== undefined) report.error(problem, value);
  };
}

/** One of the given words. */
export function choice(...words: readonly string[]): Field {
  return (value, report) => {
    if (typeof value === 'string' && words.includes(value)) return;
    const near = typeof value === 'string' ? didYouMean(value, words) : undefined;
    report.error(`must be ${words.filter((word) => word !== '').join(' or ')}`, value, near);
  };
}

export const flag: Field = (value, report) => {
  if (typeof value === 'boolean') return;
  report.error('must be true or false', value, value === 'true' || value === 'false' ? unquoted(value) : undefined);
};

/** To YAML a value in quotes is a text, whatever it looks like. */
function unquoted(value: string): string {
  return `leave out the quotes: ${value}`;
}

const MAX_INT32 = 2_147_483_647;

export function integer(min: number, max: number = MAX_INT32): Field {
  return (value, report) => {
    const isFine = (number: number): boolean => Number.isInteger(number) && number >= min && number <= max;
    if (isFine(value as number)) return;
    const range = max === MAX_INT32 ? `of at least ${min}` : `from ${min} to ${max}`;
    const isQuoted = typeof value === 'string' && /^-?\d+$/.test(value) && isFine(Number(value));
    report.error(`must be an integer ${range}`, value, isQuoted ? unquoted(value) : undefined);
  };
}

/** An integer or a percentage of at least zero. */
export const intOrPercent: Field = (value, report) => {
  const fine = typeof value === 'number' ? Number.isInteger(value) && value >= 0 : /^[0-9]+%$/.test(String(value));
  if (!fine) report.error('must be an integer of at least 0 or a percentage like "25%"', value);
};

/** Every element of a list. */
export function list(element: Field): Field {
  return (value, report) => {
    if (!Array.isArray(value)) {
      report.error('must be a list', value);
      return;
    }
    for (const [index, item] of value.entries()) report.within(index, item, element);
  };
}

/** Every value of a mapping whose fields the user names. */
export function mapOf(element: Field): Field {
  return (value, report) => {
    if (!isObject(value)) {
      report.error('must be a mapping', value);
      return;
    }
    for (const name in value) report.within(name, value[name], element);
  };
}

/** The fields of an object: required ones must be there, unknown ones are pointed out, null counts as absent. */
export function object(fields: Readonly<Record<string, Field>>, ...required: readonly string[]): Field {
  return (value, report) => {
    if (!isObject(value)) {
      report.error('must be a mapping', value);
      return;
    }
    for (const name of required)
      if (value[name] === undefined || value[name] === null) report.missing(name, misspelt(name, value, fields));
    for (const name in value) {
      const content = value[name];
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) report.unknown(name, didYouMean(name, Object.keys(fields)));
      else if (content !== null && content !== undefined) report.within(name, content, field);
    }
  };
}

/** Which of an object's unknown fields may be meant to be the missing one. */
export function misspelt(
  missing: string,
  value: JsonObject,
  fields: Readonly<Record<string, unknown>>,
): string | undefined {
  const near = nearest(
    missing,
    Object.keys(value).filter((name) => !Object.hasOwn(fields, name)),
  );
  return near === undefined ? undefined : `is ${JSON.stringify(near)} a slip for it?`;
}

/** Several checks of the same value; the later ones only if the earlier found nothing wrong. */
export function both(...checks: readonly Field[]): Field {
  return (value, report) => {
    const before = report.errors;
    for (const check of checks) if (report.errors === before) check(value, report);
  };
}

/** A check by code that throws InputError, at the place of the value. */
export function accepted<T>(attempt: (value: T) => unknown): Field {
  return (value, report) => {
    try {
      attempt(value as T);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      report.refuse(error.message, error.value, error.remedy);
    }
  };
}
