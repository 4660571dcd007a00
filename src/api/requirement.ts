import { InputError } from './input-error.js';
import { parseInt64 } from './int64.js';
import type { Labels } from './labels.js';
import { labelKeyProblem, labelValueProblem } from './names.js';

/** Operators of a single condition on labels, as the selector text writes them. */
export type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

/** One condition on the labels of an object (apimachinery labels.Requirement). */
export class Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];

  constructor(key: string, operator: Operator, values: readonly string[]) {
    this.key = key;
    this.operator = operator;
    this.values = values;
  }

  /** A checked requirement; throws InputError where Kubernetes refuses it (labels.NewRequirement). */
  static checked(key: string, operator: Operator, values: readonly string[]): Requirement {
    const problem = labelKeyProblem(key);
    if (problem !== undefined) throw new InputError(`label key ${JSON.stringify(key)} ${problem}`, { value: key });
    checkValues(operator, values);
    return new Requirement(key, operator, values);
  }

  matches(labels: Labels): boolean {
    const value = Object.hasOwn(labels, this.key) ? labels[this.key] : undefined;
    switch (this.operator) {
      case '=':
      case '==':
      case 'in':
        return value !== undefined && this.values.includes(value);
      case '!=':
      case 'notin':
        return value === undefined || !this.values.includes(value);
      case 'exists':
        return value !== undefined;
      case '!':
        return value === undefined;
      default:
        return value !== undefined && this.#compares(value);
    }
  }

  #compares(text: string): boolean {
    const value = parseInt64(text);
    const bound = parseInt64(this.values[0] ?? '');
    if (value === undefined || bound === undefined) return false;
    return this.operator === 'gt' ? value > bound : value < bound;
  }

  /** The requirement as selector text writes it. */
  toString(): string {
    const values = [...this.values].sort().join(',');
    switch (this.operator) {
      case 'exists':
        return this.key;
      case '!':
        return `!${this.key}`;
      case 'in':
      case 'notin':
        return `${this.key} ${this.operator} (${values})`;
      case 'gt':
        return `${this.key}>${values}`;
      case 'lt':
        return `${this.key}<${values}`;
      default:
        return `${this.key}${this.operator}${values}`;
    }
  }
}

function checkValues(operator: Operator, values: readonly string[]): void {
  const count = values.length;
  if ((operator === 'in' || operator === 'notin') && count === 0)
    throw new InputError('values must not be empty for In and NotIn', { value: values });
  if ((operator === 'exists' || operator === '!') && count !== 0)
    throw new InputError('values must be empty for Exists and DoesNotExist', { value: values });
  if ((operator === '=' || operator === '==' || operator === '!=') && count !== 1)
    throw new InputError('exactly one value is required', { value: values });
  if (operator === 'gt' || operator === 'lt') {
    if (count !== 1 || parseInt64(values[0]!) === undefined)
      throw new InputError('Gt and Lt need exactly one integer', { value: values });
  }
  for (const value of values) {
    const problem = labelValueProblem(value);
    if (problem !== undefined) throw new InputError(`label value ${JSON.stringify(value)} ${problem}`, { value });
  }
}
