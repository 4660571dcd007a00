import { type Document, isCollection, isMap, isNode, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { InputError } from '../api/input-error.js';
import type { Place } from './config.js';
import { rejoinParentheses } from './parentheses.js';
import { type Setting, settingPath } from './setting.js';

/** Keys and indexes from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** One YAML document of the user's with the place of every key and value, for messages that point at it. */
export class Source {
  readonly file: string;
  /** The content as plain JavaScript values. */
  readonly value: unknown;
  readonly #document: Document;
  readonly #lines: LineCounter;

  /** Throws InputError with the place of the first syntax error. `settings` take the place of what the text says. */
  constructor(text: string, file: string, settings: readonly Setting[] = []) {
    this.file = file;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const error = this.#document.errors[0];
    if (error !== undefined) {
      const { line, col } = this.#lines.linePos(error.pos[0]);
      throw new InputError(error.message, { file, line, column: col, remedy: 'correct the YAML' });
    }
    rejoinParentheses(this.#document, text);
    for (const { path, value } of settings) this.#set(settingPath(path), value);
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

  /** A changed value stands where the old one, or the map it is new in, did. */
  #set(path: Path, value: unknown): void {
    for (let length = 1; length < path.length; length += 1) this.#checkEntry(path.slice(0, length), path[length]!);
    const node = this.#document.createNode(value) as Node;
    const range = this.#nearest(path)?.range;
    if (range !== undefined) node.range = range;
    this.#document.setIn(path, node);
  }

  /** A list must have the entry; anything else but a map has none. */
  #checkEntry(path: Path, key: string | number): void {
    const parent = this.#document.getIn(path, true);
    if (parent === undefined && typeof key === 'string') return;
    const fits = isSeq(parent) ? typeof key === 'number' && key < parent.items.length : isMap(parent);
    if (fits && (isSeq(parent) || typeof key === 'string')) return;
    const size = isCollection(parent) ? `it has ${parent.items.length} entries` : 'it is not a list or map';
    throw new InputError(`there is no ${formatPath([...path, key])} to vary: ${size}`, this.place(path));
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
