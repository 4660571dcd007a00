import type * as z from 'zod';
import { nearest } from '../api/did-you-mean.js';
import type { InputError } from '../api/input-error.js';
import type { Path, Source } from './source.js';
import { exampleOf } from './steps/example-of.js';
import { faultMeant } from './steps/fault-words.js';
import { suggest } from './suggest.js';

type Issue = z.core.$ZodIssue;

/** The mistake that stands first in the file, as one error with its place. */
export function firstMistake(issues: readonly Issue[], source: Source): InputError {
  const errors = misspelt(issues).map((issue) => toError(resolve(issue, []), source));
  return errors.reduce((first, error) => (isBefore(error, first) ? error : first));
}

/** Of a key that is missing and one that was meant to be it, the latter alone: it says what to do. */
function misspelt(issues: readonly Issue[]): readonly Issue[] {
  const meant = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const missing = issues.filter((one) => isWithin(one, issue.path)).map((one) => String(one.path.at(-1)));
    for (const key of issue.keys) {
      const near = nearest(key, missing);
      if (near !== undefined) meant.add([...issue.path, near].join('\0'));
    }
  }
  return issues.filter((issue) => !meant.has(issue.path.join('\0')));
}

/** Whether an issue is about one of the keys of the map at `path`. */
function isWithin(issue: Issue, path: Issue['path']): boolean {
  return issue.path.length === path.length + 1 && path.every((part, index) => issue.path[index] === part);
}

function isBefore(a: InputError, b: InputError): boolean {
  const lines = (a.line ?? 0) - (b.line ?? 0);
  return lines < 0 || (lines === 0 && (a.column ?? 0) < (b.column ?? 0));
}

/** Goes down into unions, to the alternative that was most likely meant. */
function resolve(issue: Issue, parent: Path): Issue {
  const path = [...parent, ...(issue.path as Path)];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return { ...issue, path: [...path] };
  const meant = issue.errors.reduce((best, branch) => (misfit(branch) < misfit(best) ? branch : best));
  const first = meant.find((one) => one.code === 'unrecognized_keys') ?? meant[0];
  if (first === undefined) return { ...issue, path: [...path] };
  if (first.code === 'invalid_value') return resolve({ ...first, values: sameKeyValues(issue.errors, first) }, path);
  return resolve(first, path);
}

/** How far the input is from one alternative of a union: a wrong type altogether is furthest. */
function misfit(branch: readonly Issue[]): number {
  let points = 0;
  const missing = branch.filter((issue) => issue.code !== 'unrecognized_keys').map((issue) => String(issue.path[0]));
  for (const issue of branch) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) points += nearest(key, missing) === undefined ? 2 : 1;
    } else points += issue.path.length === 0 ? 100 : issue.code === 'invalid_value' ? 3 : 2;
  }
  return points;
}

/** All values that some alternative allows for the same key, so that the message names every choice. */
function sameKeyValues(branches: readonly (readonly Issue[])[], first: Issue): z.core.util.Primitive[] {
  const key = String(first.path[0]);
  const values = new Set<z.core.util.Primitive>();
  for (const issue of branches.flat()) {
    if (issue.code === 'invalid_value' && String(issue.path[0]) === key)
      for (const value of issue.values) values.add(value);
  }
  return [...values];
}

function toError(issue: Issue, source: Source): InputError {
  const path = issue.path as Path;
  const value = valueAt(source.value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return source.errorAtKey(path, issue.keys[0] ?? '', issue.message);
    case 'invalid_value':
      return value === undefined
        ? missing(source, path)
        : source.error(path, `${show(value)} is not allowed`, remedyOfValue(path, String(value), issue.values));
    case 'invalid_type':
      return value === undefined ? missing(source, path) : source.error(path, ...unexpected(issue.expected, value));
    case 'too_small':
      if (Array.isArray(value)) return source.error(path, 'too few entries', `must be at least ${issue.minimum}`);
      return source.error(path, `${show(value)} is too small`, `must be at least ${issue.minimum}`);
    case 'too_big':
      if (Array.isArray(value)) return source.error(path, 'too many entries', `must be at most ${issue.maximum}`);
      return source.error(path, `${show(value)} is too large`, `must be at most ${issue.maximum}`);
    case 'invalid_key':
      return source.error(
        path,
        `${show(String(path.at(-1)))} is no name`,
        'write letters, digits and _, a letter first',
      );
    default:
      return source.error(path, issue.message);
  }
}

/** What is written in the place of a value that is not allowed; of faults, what this one is called here. */
function remedyOfValue(path: Path, value: string, allowed: readonly z.core.util.Primitive[]): string {
  const meant = path.at(-1) === 'fault' ? faultMeant(value) : undefined;
  const choice = suggest(value, allowed.map(String));
  return meant === undefined ? choice : `${meant}; ${choice.slice(choice.indexOf('allowed'))}`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text (quote it if it looks like a number)',
  boolean: 'true or false',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  array: 'a list',
};

/** A value of a wrong type, and what to do about it. */
function unexpected(expected: string, value: unknown): [message: string, remedy: string | undefined] {
  const remedy =
    expected === 'string' && typeof value === 'number'
      ? `write "${value}"; a duration has a unit: ${value}s`
      : undefined;
  return [`expected ${EXPECTED[expected] ?? expected}, found ${show(value)}`, remedy];
}

function missing(source: Source, path: Path): InputError {
  const key = String(path.at(-1) ?? '');
  const example = exampleOf(key, valueAt(source.value, path.slice(0, -1)));
  const such = example === undefined ? '' : `, such as ${key}: ${example}`;
  return source.error(path, `the key ${JSON.stringify(key)} is missing`, `write ${key}: …${such}`);
}

function valueAt(root: unknown, path: Path): unknown {
  let value: unknown = root;
  for (const part of path) value = (value as Record<string | number, unknown> | null | undefined)?.[part];
  return value;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return value === null ? 'nothing' : JSON.stringify(value);
}
