import { InputError } from './input-error.js';
import type { Labels } from './labels.js';

interface FieldTerm {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

/** Conditions on fields of objects, all of which must hold; a missing field reads as empty (apimachinery fields). */
export class FieldSelector {
  readonly terms: readonly FieldTerm[];

  constructor(terms: readonly FieldTerm[]) {
    this.terms = terms;
  }

  matches(fields: Labels): boolean {
    for (const { field, equal, value } of this.terms)
      if (((Object.hasOwn(fields, field) ? fields[field] : '') === value) !== equal) return false;
    return true;
  }

  toString(): string {
    const escaped = (value: string): string => value.replace(/[\\,=]/g, '\\$&');
    return this.terms.map(({ field, equal, value }) => `${field}${equal ? '=' : '!='}${escaped(value)}`).join(',');
  }
}

/** Reads `metadata.name=x,spec.nodeName!=`; throws InputError where Kubernetes does (fields.ParseSelector). */
export function parseFieldSelector(text: string): FieldSelector {
  // A comma separates terms unless a backslash stands before it.
  const parts = text.match(/(?:\\.|[^,\\]|\\$)+/gs) ?? [];
  const terms = parts.sort().map(parseTerm);
  return new FieldSelector(terms.filter(({ field, value }) => field !== '' || value !== ''));
}

function parseTerm(text: string): FieldTerm {
  const match = /^(.*?)(!=|==|=)(.*)$/s.exec(text);
  if (match === null)
    throw new InputError(`${JSON.stringify(text)} is not a field selector`, {
      value: text,
      remedy: 'write field=value or field!=value',
    });
  const [, field = '', operator, value = ''] = match;
  return { field, equal: operator !== '!=', value: unescaped(value) };
}

function unescaped(text: string): string {
  if (!/^(?:\\[\\,=]|[^\\,=])*$/s.test(text))
    throw new InputError(`${JSON.stringify(text)} has a stray backslash, comma or equals sign`, {
      value: text,
      remedy: 'write \\\\, \\, and \\= for them',
    });
  return text.replace(/\\([\\,=])/g, '$1');
}
