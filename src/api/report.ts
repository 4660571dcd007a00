import type { Field } from './field.js';
import type { Path } from './manifest-text.js';
import { writeField } from './missing-field.js';

/** Something the user should hear about one value of a manifest. */
export interface Finding {
  /** A warning leaves the manifest usable. */
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  /** Whether the place is that of the field's name rather than its value. */
  readonly ofKey: boolean;
  readonly message: string;
  readonly value: unknown;
  readonly remedy: string | undefined;
}

/** Collects what is wrong with a manifest while its fields are checked; knows the way to the current one. */
export class Report {
  readonly findings: Finding[] = [];
  errors = 0;
  readonly #path: (string | number)[];

  constructor(path: Path = []) {
    this.#path = [...path];
  }

  within(step: string | number, value: unknown, field: Field): void {
    this.#path.push(step);
    field(value, this);
    this.#path.pop();
  }

  /** The current value is wrong. `message` ends a sentence that begins with its path. */
  error(message: string, value?: unknown, remedy?: string): void {
    this.refuse(value === undefined ? message : `${message}, not ${inOneLine(value)}`, value, remedy);
  }

  /** The current value is wrong, and `message` says so without repeating it. */
  refuse(message: string, value: unknown, remedy: string | undefined): void {
    this.#add('error', false, message, value, remedy);
  }

  /** Checks a value further down, whose way from here is given. */
  inside(steps: Path, value: unknown, field: Field): void {
    this.#path.push(...steps);
    field(value, this);
    this.#path.length -= steps.length;
  }

  /** A field must be there; without a `remedy`, the message says how it is written. */
  missing(name: string, remedy: string = writeField(name)): void {
    this.#path.push(name);
    this.#add('error', true, 'is missing', undefined, remedy);
    this.#path.pop();
  }

  /** The current value has no effect. */
  warn(message: string): void {
    this.#add('warning', true, message, undefined, undefined);
  }

  unknown(name: string, remedy: string | undefined): void {
    this.#path.push(name);
    this.#add('warning', true, 'is not a known field and has no effect', undefined, remedy);
    this.#path.pop();
  }

  #add(severity: Finding['severity'], ofKey: boolean, message: string, value: unknown, remedy?: string): void {
    if (severity === 'error') this.errors++;
    this.findings.push({ severity, path: [...this.#path], ofKey, message, value, remedy });
  }
}

const SHOWN_LENGTH_MAX = 60;

function inOneLine(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}

/** `spec.containers[0].resources.requests["nvidia.com/gpu"]`; with `pattern`, every index is `[*]`. */
export function pathText(path: Path, pattern = false): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += pattern ? '[*]' : `[${step}]`;
    else if (/^[A-Za-z0-9_-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
