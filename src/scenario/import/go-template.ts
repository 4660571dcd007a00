import { InputError } from '../../api/input-error.js';
import { evaluateGo, type GoScope } from './go-expression.js';
import { type GoValue, isTrue, UNKNOWN, Unknowable } from './go-functions.js';

/** A template filled in, and where its lines come from. */
export interface Filled {
  readonly text: string;
  /** By line of the text, counted from 1, the line of the template. */
  readonly lineOf: readonly number[];
}

/** What Go writes for a variable without a value. */
const NO_VALUE = '<no value>';

interface Piece {
  readonly text: string;
  /** Whether it stood between braces. */
  readonly isAction: boolean;
  readonly line: number;
}

/**
 * Fills in the part of Go's text/template that ClusterLoader2's configurations are written in: variables, parameters,
 * calls, pipes, `if`, `else`, `range` and `end`. Throws InputError with the line of what is not understood.
 */
export function fillGoTemplate(text: string, file: string, scope: GoScope): Filled {
  const filling = new Filling(piecesOf(text), file, scope);
  filling.run();
  return { text: filling.text, lineOf: filling.lineOf };
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let line = 1;
  for (const part of text.split(/(\{\{-?[\s\S]*?-?\}\})/)) {
    const isAction = part.startsWith('{{');
    pieces.push({ text: isAction ? part.replace(/^\{\{-?\s*/, '').replace(/\s*-?\}\}$/, '') : part, isAction, line });
    line += part.split('\n').length - 1;
  }
  return pieces;
}

class Filling {
  text: string;
  /** As {@link Filled.lineOf}; index 0 is unused. */
  readonly lineOf: number[];
  private readonly pieces: readonly Piece[];
  private readonly file: string;
  private readonly scope: GoScope;
  private at: number;

  constructor(pieces: readonly Piece[], file: string, scope: GoScope) {
    this.pieces = pieces;
    this.file = file;
    this.scope = scope;
    this.text = '';
    this.lineOf = [0, 1];
    this.at = 0;
  }

  run(): void {
    this.block(true);
    if (this.at < this.pieces.length) throw this.mistake('there is an end, but nothing that it ends');
  }

  /** Up to the `else` or `end` that ends it, which is not passed; nothing of it is written unless it `counts`. */
  private block(counts: boolean): void {
    for (; this.at < this.pieces.length; this.at++) {
      const piece = this.pieces[this.at]!;
      if (!piece.isAction) {
        if (counts) this.write(piece.text, piece.line);
        continue;
      }
      const [word = ''] = piece.text.split(/\s+/);
      if (word === 'end' || word === 'else') return;
      if (word === 'if') this.choice(counts, piece.text.slice(2));
      else if (word === 'range') this.loop(counts, piece.text.slice(5));
      else if (counts && !piece.text.startsWith('/*')) this.action(piece);
    }
  }

  private action({ text, line }: Piece): void {
    const assignment = /^(\$[A-Za-z_]\w*)\s*:?=([\s\S]*)$/.exec(text);
    if (assignment !== null) {
      this.scope.variables.set(assignment[1]!, this.evaluate(assignment[2]!));
      return;
    }
    const value = this.evaluate(text);
    if (value === UNKNOWN) throw new Unknowable();
    if (value === undefined && text.startsWith('.'))
      throw this.mistake(`nobody says what ${text} is`, `say it with --set ${text.slice(1)}=VALUE`);
    this.write(value === undefined ? NO_VALUE : String(value), line);
  }

  private choice(counts: boolean, condition: string): void {
    let open = counts && this.holds(condition);
    let done = open;
    this.at++;
    this.block(open);
    while (this.pieces[this.at]?.text.startsWith('else') === true) {
      const other = this.pieces[this.at]!.text.slice(4).trim();
      open = counts && !done && (other === '' || this.holds(other.replace(/^if/, '')));
      done ||= open;
      this.at++;
      this.block(open);
    }
    this.needsEnd();
  }

  private loop(counts: boolean, text: string): void {
    const [, names = '', list = text] = /^\s*(\$\w+(?:\s*,\s*\$\w+)?)\s*:=([\s\S]*)$/.exec(text) ?? [];
    const value = counts ? this.evaluate(list) : [];
    if (!Array.isArray(value)) throw this.mistake(`${list.trim()} is no list`);
    const start = ++this.at;
    const name = names.split(',').at(-1)!.trim();
    for (const each of value) {
      this.at = start;
      if (name !== '') this.scope.variables.set(name, each);
      this.block(true);
    }
    if (value.length === 0) this.block(false);
    this.needsEnd();
  }

  private needsEnd(): void {
    if (this.pieces[this.at]?.text.startsWith('end') !== true) throw this.mistake('an end is missing');
  }

  private holds(condition: string): boolean {
    return isTrue(this.evaluate(condition));
  }

  private evaluate(text: string): GoValue {
    try {
      return evaluateGo(text, this.scope);
    } catch (error) {
      throw this.mistake(`{{ ${text.trim()} }}: ${(error as Error).message}`);
    }
  }

  private write(text: string, line: number): void {
    let from = line;
    for (const part of text.split(/(?<=\n)/)) {
      this.text += part;
      if (part.endsWith('\n')) this.lineOf.push(++from);
    }
  }

  private mistake(message: string, remedy?: string): InputError {
    const line = this.pieces[Math.min(this.at, this.pieces.length - 1)]!.line;
    return new InputError(message, { file: this.file, line, ...(remedy === undefined ? {} : { remedy }) });
  }
}
