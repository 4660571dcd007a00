import { parse } from '@marcbachmann/cel-js';
import { InputError } from '../api/input-error.js';

/** Figures by name, some of them maps of figures. */
export type Figures = Readonly<Record<string, unknown>>;

/** A condition in CEL. */
export class Condition {
  readonly expression: string;
  private readonly program: (figures: Record<string, unknown>) => unknown;

  /** Throws InputError when it is not CEL. */
  constructor(expression: string) {
    this.expression = expression;
    try {
      this.program = parse(expression) as typeof this.program;
    } catch (error) {
      throw new InputError(`this is not CEL: ${firstLine(error)}`, {
        remedy: 'write a condition such as pods.running >= 10',
      });
    }
  }

  /** Whether it is true. Throws an Error when it asks for something that there is not, or is no condition. */
  holds(figures: Figures): boolean {
    const value = this.program({ ...figures });
    if (typeof value === 'boolean') return value;
    throw new Error(`${this.expression} is no condition: it is ${String(value)}`);
  }

  /** The figures it looks at and what they are: `pods.running = 3, nodes.ready = 9`. */
  valuesIn(figures: Figures): string {
    const names = new Set(this.expression.match(/\b[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*|\["[^"]*"\])*/g));
    const shown = [...names].flatMap((name) => {
      const value = valueAt(figures, name);
      return value === undefined ? [] : [`${name} = ${String(value)}`];
    });
    return shown.join(', ');
  }
}

/** A number, text or truth value by its name; nothing for a whole map. */
function valueAt(figures: Figures, name: string): unknown {
  let value: unknown = figures;
  for (const [, plain, quoted] of name.matchAll(/([A-Za-z_][A-Za-z0-9_]*)|\["([^"]*)"\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = plain ?? quoted!;
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === 'object' ? undefined : value;
}

/** The messages of the CEL parser go on with a drawing of the expression. */
export function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0]!;
}
