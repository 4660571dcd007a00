import { InputError } from './input-error.js';
import { Selector } from './label-selector.js';
import { type Operator, Requirement } from './requirement.js';

const TOKEN = /[ \t\r\n]*(?:(==|!=|[=!(),<>])|([^ \t\r\n=!(),<>]+)|$)/y;

/** Reads selector text such as `app=web,tier in (a,b),!old`; throws InputError where Kubernetes does (labels.Parse). */
export function parseSelector(text: string): Selector {
  const tokens = new Tokens(text);
  const requirements: Requirement[] = [];
  while (tokens.next !== '') {
    requirements.push(requirement(tokens));
    if (tokens.next === '') break;
    tokens.expect(',');
    if (tokens.next === '') throw tokens.unexpected('a label key');
  }
  return new Selector(requirements, false);
}

/** The tokens of a selector; `''` stands for the end. */
class Tokens {
  next = '';
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.take();
  }

  /** Gives the next token and moves on. */
  take(): string {
    const token = this.next;
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    this.#at = TOKEN.lastIndex;
    this.next = match?.[1] ?? match?.[2] ?? '';
    return token;
  }

  word(what: string): string {
    if (this.next === '' || /^[=!(),<>]/.test(this.next)) throw this.unexpected(what);
    return this.take();
  }

  expect(token: string): void {
    if (this.next !== token) throw this.unexpected(JSON.stringify(token));
    this.take();
  }

  unexpected(wanted: string): InputError {
    const found = this.next === '' ? 'the end' : JSON.stringify(this.next);
    return new InputError(`${JSON.stringify(this.#text)} is not a label selector: found ${found}, not ${wanted}`, {
      value: this.#text,
      remedy: 'write key=value, key!=value, key in (a,b), key notin (a,b), key or !key, separated by commas',
    });
  }
}

const BINARY: Readonly<Record<string, Operator>> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
  in: 'in',
  notin: 'notin',
};

function requirement(tokens: Tokens): Requirement {
  if (tokens.next === '!') {
    tokens.take();
    return Requirement.checked(tokens.word('a label key'), '!', []);
  }
  const key = tokens.word('a label key');
  if (tokens.next === '' || tokens.next === ',') return Requirement.checked(key, 'exists', []);
  const operator = Object.hasOwn(BINARY, tokens.next) ? BINARY[tokens.take()] : undefined;
  if (operator === undefined) throw tokens.unexpected('an operator');
  const values = operator === 'in' || operator === 'notin' ? valueSet(tokens) : [exactValue(tokens)];
  return Requirement.checked(key, operator, values);
}

function exactValue(tokens: Tokens): string {
  return tokens.next === '' || tokens.next === ',' ? '' : tokens.word('a value');
}

/** `(a,b)`, sorted and without repetition; nothing before or after a comma is an empty value. */
function valueSet(tokens: Tokens): readonly string[] {
  tokens.expect('(');
  const values = new Set<string>();
  for (;;) {
    values.add(tokens.next === ',' || tokens.next === ')' ? '' : tokens.word('a value'));
    if (tokens.next === ')') break;
    tokens.expect(',');
  }
  tokens.expect(')');
  return [...values].sort();
}
