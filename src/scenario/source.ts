import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { aliasProblem } from '../api/alias-problem.js';
import { InputError, type InputErrorDetail } from '../api/input-error.js';
import { unknownAlias, withoutAnchor } from '../api/yaml-problem.js';
import { rejoinParentheses } from './parentheses.js';
import type { Place } from './place.js';
import { Variables } from './variables.js';

/** Keys and indexes from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** A YAML document cannot be asked to grow without bound by aliases of aliases. */
const ALIASES_MAX = 100;

/** One YAML document of the user's with the place of every key and value, for messages that point at it. */
export class Source {
  readonly file: string;
  /** The nodes themselves, to be changed through {@link edit} alone. */
  readonly document: Document;
  readonly text: string;
  readonly #lines: LineCounter;
  /** Where nodes stand that came from other documents. */
  readonly #adopted: WeakMap<Node, Source>;
  /** What a loop's rounds fill in, by what they wrote. */
  readonly #scopes: WeakMap<Node, Variables>;
  #value: { readonly of: unknown } | undefined;

  /** Throws InputError with the place of the first syntax error. */
  constructor(text: string, file: string) {
    this.file = file;
    this.text = text;
    this.#lines = new LineCounter();
    this.#adopted = new WeakMap();
    this.#scopes = new WeakMap();
    this.document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, logLevel: 'error' });
    const error = this.document.errors[0];
    if (error !== undefined) {
      const { line, col } = this.#lines.linePos(error.pos[0]);
      const quote = text.includes('{{') ? 'correct the YAML; a text with {{ }} in it needs quotes' : 'correct the YAML';
      throw new InputError(error.message, { file, line, column: col, remedy: quote });
    }
    rejoinParentheses(this.document, text);
  }

  /** The content as plain JavaScript values. */
  get value(): unknown {
    this.#value ??= { of: this.#toValue() };
    return this.#value.of;
  }

  /** Changes the document; what it means is read anew. */
  edit(change: (document: Document) => void): void {
    change(this.document);
    this.#value = undefined;
  }

  /** Takes nodes of another document in, which keep their places there. */
  adopt(node: Node, from: Source): void {
    visit(node, {
      Node: (_, each) => {
        this.#adopted.set(each, from.#adopted.get(each) ?? from);
      },
    });
  }

  /** The document that a node was read from. */
  originOf(node: Node | null): Source {
    return (node === null ? undefined : this.#adopted.get(node)) ?? this;
  }

  /** Where the value at `path` stands, or its nearest ancestor when it is missing. */
  place(path: Path): Place {
    return this.placeOfNode(this.#nearest(path), path);
  }

  /** Where the first line of a block of text begins, `|` and the line after it; of other texts where they stand. */
  placeOfBlock(path: Path): Place {
    const node = this.#nearest(path);
    const place = this.placeOfNode(node, path);
    if (!isScalar(node) || (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')) return place;
    const line = this.originOf(node).text.split('\n')[place.line] ?? '';
    return { ...place, line: place.line + 1, column: line.length - line.trimStart().length + 1 };
  }

  /** What the names between braces stand for in a part of the document that a loop has written. */
  scope(node: Node, variables: Variables): void {
    if (!this.#scopes.has(node)) this.#scopes.set(node, variables);
  }

  /** What they stand for at `path`: the innermost loop decides. */
  variablesAt(path: Path): Variables {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.document.getIn(path.slice(0, length), true);
      const variables = isNode(node) ? this.#scopes.get(node) : undefined;
      if (variables !== undefined) return variables;
    }
    return new Variables((this.value as { readonly vars?: Readonly<Record<string, unknown>> }).vars);
  }

  /** The value at `path` as the user wrote it, quotes and braces included. */
  writtenAt(path: Path): string {
    const node = this.#nearest(path);
    return node === null ? '' : this.originOf(node).text.slice(...(node.range?.slice(0, 2) ?? [0, 0]));
  }

  /** The file that a file name at `path` is relative to. */
  fileAt(path: Path): string {
    const { file } = this.place(path);
    return isOption(file) ? this.file : file;
  }

  /** Where the key itself stands: for keys that should not be there. */
  placeOfKey(parent: Path, key: string): Place {
    const map = this.#nearest(parent);
    const pair = isMap(map) ? map.items.find((item) => isPair(item) && String(item.key) === key) : undefined;
    return this.placeOfNode(isNode(pair?.key) ? pair.key : map, [...parent, key]);
  }

  /** A mistake at `path`; the value there is shown unless it is a whole map or list. */
  error(path: Path, message: string, remedy?: string): InputError {
    const value = this.document.getIn(path);
    return new InputError(message, {
      ...detailOf(this.place(path)),
      ...(isNode(value) ? {} : { value }),
      ...(remedy === undefined ? {} : { remedy }),
    });
  }

  /** A key that must not be so, or not at all, in the map at `parent`. */
  errorAtKey(parent: Path, key: string, message: string, remedy?: string): InputError {
    const detail = detailOf(this.placeOfKey(parent, key));
    return new InputError(message, remedy === undefined ? detail : { ...detail, remedy });
  }

  placeOfNode(node: Node | null, path: Path): Place {
    const origin = this.originOf(node);
    const { line, col } = origin.#lines.linePos(node?.range?.[0] ?? 0);
    return { file: origin.file, line: Math.max(line, 1), column: Math.max(col, 1), path: formatPath(path) };
  }

  #nearest(path: Path): Node | null {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (isNode(node)) return node;
    }
    return this.document.contents;
  }

  #toValue(): unknown {
    const value = this.#resolved();
    const problem = this.text.includes('&') ? aliasProblem(value) : undefined;
    if (problem !== undefined) throw this.error(problem.path, problem.message, 'correct the YAML');
    return value;
  }

  #resolved(): unknown {
    try {
      return this.document.toJS({ maxAliasCount: ALIASES_MAX });
    } catch (error) {
      const unknown = unknownAlias(this.document);
      const message = unknown === undefined ? (error as Error).message : withoutAnchor(unknown);
      const place = this.placeOfNode(unknown ?? this.#firstAlias(), []);
      throw new InputError(message, { ...place, remedy: 'correct the YAML' });
    }
  }

  #firstAlias(): Node | null {
    let first: Node | null = null;
    visit(this.document, {
      Node: (_, node) => {
        if (!isAlias(node)) return undefined;
        first = node;
        return visit.BREAK;
      },
    });
    return first;
  }
}

/** What was said on the command line has no lines. */
function detailOf({ line, column, ...place }: Place): InputErrorDetail {
  return isOption(place.file) ? place : { ...place, line, column };
}

/** Whether something was said by an option, `--set seed=7`, and not in a file. */
function isOption(file: string): boolean {
  return file.startsWith('--');
}

/** `timeline[2].scale`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`;
  return text;
}
