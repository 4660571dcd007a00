import { type Document, isMap, isNode, isPair, LineCounter, type Node, parseDocument } from 'yaml';
import { InputError } from '../api/input-error.js';
import type { Place } from './config.js';
import { rejoinParentheses } from './parentheses.js';

/** Keys and indexes from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** One YAML document of the user's with the place of every key and value, for messages that point at it. */
export class Source {
  readonly file: string;
  /** The content as plain JavaScript values. */
  readonly value: unknown;
  readonly #document: Document;
  readonly #lines: LineCounter;

  /** Throws InputError with the place of the first syntax error. */
  constructor(text: string, file: string) {
    this.file = file;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const error = this.#document.errors[0];
    if (error !== undefined) {
      const { line, col } = this.#lines.linePos(error.pos[0]);
      throw new InputError(error.message, { file, line, column: col, remedy: 'correct the YAML' });
    }
    rejoinParentheses(this.#document, text);
    this.value = this.#document.toJS();
  }

  /** Where the value at `path` stands, or its nearest ancestor when it is missing. */
  place(path: Path): Place {
    return this.#placeOf(this.#nearest(path), path);
  }

  /** Where the key itself stands: for keys that should not be there. */
  placeOfKey(parent: Path, key: string): Place {
    const map = this.#nearest(parent);
    const pair = isMap(map) ? map.items.find((item) => isPair(item) && String(item.key) === key) : undefined;
    return this.#placeOf(isNode(pair?.key) ? pair.key : map, [...parent, key]);
  }

  /** A mistake at `path`; the value there is shown unless it is a whole map or list. */
  error(path: Path, message: string, remedy?: string): InputError {
    const value = this.#document.getIn(path);
    return new InputError(message, {
      ...this.place(path),
      ...(isNode(value) ? {} : { value }),
      ...(remedy === undefined ? {} : { remedy }),
    });
  }

  /** A key that must not be in the map at `parent`. */
  errorAtKey(parent: Path, key: string, message: string): InputError {
    return new InputError(message, this.placeOfKey(parent, key));
  }

  #nearest(path: Path): Node | null {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node)) return node;
    }
    return this.#document.contents;
  }

  #placeOf(node: Node | null, path: Path): Place {
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), path: formatPath(path) };
  }
}

/** `timeline[2].scale`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`;
  return text;
}
