import { evaluate } from '@marcbachmann/cel-js';
import { InputError } from '../api/input-error.js';
import { suggest } from './suggest.js';

/** `{{ expression }}`. */
export const BRACES: RegExp = /\{\{(.*?)\}\}/gs;

/** What the manifest of a load may say beside the variables of the scenario: numbers and namespaces of its objects. */
const OF_LOADS: readonly string[] = ['index', 'namespace'];

/** Whether braces are filled in anew for each object that a load makes. */
export function isOfLoad(expression: string): boolean {
  return (expression.match(/[A-Za-z_]\w*/g) ?? []).some((word) => OF_LOADS.includes(word));
}

/** What `{{ }}` may stand for: values by name, and CEL over them. */
export class Variables {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>> = {}) {
    this.values = values;
  }

  get names(): readonly string[] {
    return Object.keys(this.values);
  }

  /** These and others; the others hide those of the same name. */
  with(others: Readonly<Record<string, unknown>>): Variables {
    return new Variables({ ...this.values, ...others });
  }

  /**
   * The text with each `{{ expression }}` replaced by its value. A text that is nothing but one becomes the value
   * itself, be it a number or a list. Throws InputError.
   */
  fill(text: string): unknown {
    const whole = /^\s*\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(text);
    if (whole !== null) return this.evaluate(whole[1]!);
    return this.fillText(text);
  }

  /** As {@link fill}, and always a text. */
  fillText(text: string): string {
    return text.replaceAll(BRACES, (_, expression: string) => textOf(this.evaluate(expression), expression));
  }

  /** As {@link fillText}, but braces in which none of these variables stands, or one of a load, are left as they are. */
  fillKnown(text: string): string {
    return text.replaceAll(BRACES, (braces: string, expression: string) => {
      if (isOfLoad(expression)) return braces;
      const words: readonly string[] = expression.match(/[A-Za-z_]\w*/g) ?? [];
      return words.some((word) => Object.hasOwn(this.values, word)) ? this.fillText(braces) : braces;
    });
  }

  /** The value of what stands between braces. */
  evaluate(expression: string): unknown {
    const trimmed = expression.trim();
    if (/^[A-Za-z_]\w*$/.test(trimmed)) return this.named(trimmed);
    try {
      return fromCel(evaluate(trimmed, toCel(this.values) as Record<string, unknown>));
    } catch (error) {
      const remedy = `write a variable, or CEL over variables such as {{ 2 * replicas }}; ${this.known()}`;
      throw new InputError(`{{ ${trimmed} }}: ${(error as Error).message.split('\n')[0]}`, { remedy });
    }
  }

  private named(name: string): unknown {
    if (Object.hasOwn(this.values, name)) return this.values[name];
    const names = Object.keys(this.values);
    if (OF_LOADS.includes(name))
      throw new InputError(`there is no variable ${name} here`, {
        value: name,
        remedy: `{{ ${name} }} stands in the manifest: of a load; of a loop it is the name that each: gives`,
      });
    const remedy = names.length === 0 ? `write it under vars:, as vars: { ${name}: 3 }` : suggest(name, names);
    throw new InputError(`there is no variable ${name}`, { value: name, remedy });
  }

  private known(): string {
    const names = Object.keys(this.values);
    return names.length === 0 ? 'there are no variables' : `variables: ${names.join(', ')}`;
  }
}

/** CEL counts in 64-bit integers, which JavaScript writes as bigint. */
function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toCel(each)]));
}

function fromCel(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return Array.isArray(value) ? value.map(fromCel) : value;
}

function textOf(value: unknown, expression: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new InputError(`{{ ${expression.trim()} }} is no text`, {
    remedy: 'a list or a map must stand alone between the quotes',
  });
}
