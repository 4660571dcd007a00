import { didYouMean } from './did-you-mean.js';
import { type Field, misspelt } from './field.js';
import { fieldsOf } from './fields.js';
import { InputError } from './input-error.js';
import { isObject, type JsonObject } from './json.js';
import type { Kind } from './kind.js';
import { type Finding, pathText, Report } from './report.js';

/** Checks objects against what is known of their kinds; a value that many objects share is checked once. */
export class ObjectChecker {
  readonly #checked: Map<Field, WeakMap<object, readonly Finding[]>> = new Map();

  /** Everything wrong or without effect in an object whose kind is known; `spec` if that is written in another version. */
  check(kind: Kind, manifest: JsonObject, spec?: Field): readonly Finding[] {
    const known = fieldsOf(kind.name);
    const report = new Report();
    const names = { apiVersion: undefined, kind: undefined, ...known.fields };
    for (const name of known.required)
      if ((manifest[name] ?? null) === null) report.missing(name, misspelt(name, manifest, names));
    const findings: Finding[] = [...report.findings];
    for (const name in manifest) {
      const value = manifest[name];
      if (name === 'apiVersion' || name === 'kind' || value === null) continue;
      const field =
        name === 'metadata' ? known.metadata : ((name === 'spec' ? spec : undefined) ?? own(known.fields, name));
      if (field !== undefined) findings.push(...this.#section(name, value, field));
      else if (known.fields !== undefined) findings.push(...unknown(name, Object.keys(known.fields)));
    }
    return findings;
  }

  #section(name: string, value: unknown, field: Field): readonly Finding[] {
    if (!isObject(value)) return check(name, value, field);
    let byValue = this.#checked.get(field);
    if (byValue === undefined) {
      byValue = new WeakMap();
      this.#checked.set(field, byValue);
    }
    let findings = byValue.get(value);
    if (findings === undefined) {
      findings = check(name, value, field);
      byValue.set(value, findings);
    }
    return findings;
  }
}

/** Of a field that a manifest names, which may be `__proto__`. */
function own(fields: Readonly<Record<string, Field>> | undefined, name: string): Field | undefined {
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function check(name: string, value: unknown, field: Field): readonly Finding[] {
  const report = new Report();
  report.within(name, value, field);
  return report.findings;
}

function unknown(name: string, known: readonly string[]): readonly Finding[] {
  const report = new Report();
  report.unknown(name, didYouMean(name, known));
  return report.findings;
}

/** Throws InputError, without a place in a file, if an object is one that Kubernetes refuses. */
export function assertValid(kind: Kind, manifest: JsonObject): void {
  const errors = new ObjectChecker().check(kind, manifest).filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors.map(toInputError);
  if (first !== undefined) throw first.with(others);
}

function toInputError({ message, path, value, remedy }: Finding): InputError {
  const detail = { path: pathText(path), value };
  return new InputError(message, remedy === undefined ? detail : { ...detail, remedy });
}
