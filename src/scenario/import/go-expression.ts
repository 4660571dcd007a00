import { type GoValue, UNKNOWN, Unknowable } from './go-functions.js';

/** What names stand for while a template is filled in. */
export interface GoScope {
  readonly functions: Readonly<Record<string, (...values: GoValue[]) => GoValue>>;
  /** `$name`, by name. */
  readonly variables: Map<string, GoValue>;
  /** `.Name`, by name. */
  readonly parameters: Readonly<Record<string, GoValue>>;
}

const TOKENS =
  /\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`)|(\$[A-Za-z_]\w*)|(\.[A-Za-z_]\w*)|(-?[0-9][0-9.]*)|([A-Za-z_]\w*)|([()|]))/y;

/** The value of what stands between the braces of a Go template: literals, names, calls and pipes. Throws Error. */
export function evaluateGo(text: string, scope: GoScope): GoValue {
  return new Expression(tokensOf(text), scope).whole();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKENS.lastIndex = 0;
  while (text.slice(TOKENS.lastIndex).trim() !== '') {
    const at = TOKENS.lastIndex;
    const match = TOKENS.exec(text);
    if (match === null) throw new Error(`${JSON.stringify(text.slice(at).trim())} is not understood`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

class Expression {
  private readonly tokens: readonly string[];
  private readonly scope: GoScope;
  private at: number;

  constructor(tokens: readonly string[], scope: GoScope) {
    this.tokens = tokens;
    this.scope = scope;
    this.at = 0;
  }

  whole(): GoValue {
    const value = this.pipe();
    if (this.at < this.tokens.length) throw new Error(`${JSON.stringify(this.tokens[this.at])} is not understood`);
    return value;
  }

  /** `a | f b` is `f b a`. */
  private pipe(): GoValue {
    let value = this.call([]);
    while (this.tokens[this.at] === '|') {
      this.at++;
      value = this.call([value]);
    }
    return value;
  }

  private call(piped: readonly GoValue[]): GoValue {
    const name = this.tokens[this.at] ?? '';
    if (!/^[A-Za-z_]/.test(name) || name === 'true' || name === 'false') return this.operand();
    this.at++;
    const called = Object.hasOwn(this.scope.functions, name) ? this.scope.functions[name] : undefined;
    if (called === undefined) throw new Error(`there is no function ${name}`);
    const values: GoValue[] = [];
    while (this.at < this.tokens.length && !['|', ')'].includes(this.tokens[this.at]!)) values.push(this.operand());
    return this.outcome(() => called(...values, ...piped));
  }

  /** What hangs on something unknown is unknown. */
  private outcome(calculate: () => GoValue): GoValue {
    try {
      return calculate();
    } catch (error) {
      if (error instanceof Unknowable) return UNKNOWN;
      throw error;
    }
  }

  private operand(): GoValue {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error('something is missing');
    if (token === '(') {
      const value = this.pipe();
      if (this.tokens[this.at++] !== ')') throw new Error('a ) is missing');
      return value;
    }
    if (token.startsWith('"')) return JSON.parse(token);
    if (token.startsWith('`')) return token.slice(1, -1);
    if (token.startsWith('.')) return this.scope.parameters[token.slice(1)];
    if (token === 'true' || token === 'false') return token === 'true';
    if (!token.startsWith('$')) return Number.isNaN(Number(token)) ? this.named(token) : Number(token);
    if (!this.scope.variables.has(token)) throw new Error(`there is no variable ${token}`);
    return this.scope.variables.get(token);
  }

  /** A function without values stands for its value. */
  private named(name: string): GoValue {
    const called = Object.hasOwn(this.scope.functions, name) ? this.scope.functions[name] : undefined;
    if (called === undefined) throw new Error(`${JSON.stringify(name)} is not understood`);
    return called();
  }
}
