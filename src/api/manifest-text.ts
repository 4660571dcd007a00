import * as jsYaml from 'js-yaml';
import { type Document, isCollection, isMap, isScalar, LineCounter, type Node } from 'yaml';
import { asKubectlReads, parseExactly } from './exact-yaml.js';
import { InputError } from './input-error.js';
import { isObject, type JsonObject } from './json.js';
import { NOT_PLAIN, parsePlainYaml } from './plain-yaml.js';
import { yamlProblem } from './yaml-problem.js';

/** Way from the top of a document to a value: field names and list indexes. */
export type Path = readonly (string | number)[];

/** One document of a text and where it came from. */
export interface TextDocument {
  readonly value: unknown;
  /** Offset of the stretch of text that was read at once, and its number of documents before this one. */
  readonly stretch: Stretch;
  readonly index: number;
}

interface Stretch {
  readonly start: number;
  readonly text: string;
}

/** 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const SCHEMA = jsYaml.CORE_SCHEMA.withTags(jsYaml.mergeTag);

/**
 * The text of a manifest file, YAML or JSON, read by the quickest reader that understands it; only when a place is
 * asked for does the exact parser read the stretch in question. Top-level fields written alike (`spec:` of a thousand
 * pods) are read once and shared: the values must not be changed.
 */
export class ManifestText {
  readonly file: string;
  readonly #text: string;
  readonly #sections: Map<string, JsonObject> = new Map();
  readonly #scalars: Map<string, unknown> = new Map();
  readonly #exact: Map<Stretch, { readonly documents: readonly Document[]; readonly lines: LineCounter }> = new Map();

  constructor(text: string, file: string) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.file = file;
  }

  /** Whether some of it may stand for other parts. */
  get hasAnchors(): boolean {
    return this.#text.includes('&');
  }

  /** All documents that are not empty. Throws InputError with its place for text that is neither YAML nor JSON. */
  documents(): readonly TextDocument[] {
    const json = this.#json();
    if (json !== undefined) return [json];
    const documents: TextDocument[] = [];
    for (const stretch of stretches(this.#text)) {
      const quick = this.#quick(stretch.text);
      const values = quick === undefined ? this.#full(stretch) : [quick];
      for (const [index, value] of values.entries())
        if (value !== null && value !== undefined) documents.push({ value, stretch, index });
    }
    return documents;
  }

  #json(): TextDocument | undefined {
    const text = this.#text.trimStart();
    if (!text.startsWith('{') && !text.startsWith('[')) return undefined;
    try {
      return { value: JSON.parse(text), stretch: { start: 0, text: this.#text }, index: 0 };
    } catch {
      // YAML in flow style begins alike, and for broken JSON the exact parser knows the place.
      return undefined;
    }
  }

  /** Section by section, each text once; undefined when the document needs the full parser as a whole. */
  #quick(text: string): JsonObject | undefined {
    const body = text.startsWith('---\n') ? text.slice(4) : text;
    const document: JsonObject = {};
    let start = 0;
    while (start < body.length) {
      const end = sectionEnd(body, start);
      const section = end < 0 ? undefined : this.#section(body.slice(start, end));
      if (section === undefined) return undefined;
      for (const field in section) {
        if (Object.hasOwn(document, field)) return undefined;
        document[field] = section[field];
      }
      start = end;
    }
    return start === 0 ? undefined : document;
  }

  #section(text: string): JsonObject | undefined {
    const known = this.#sections.get(text);
    if (known !== undefined) return known;
    const section = parsePlainYaml(text, (scalar) => this.#scalar(scalar));
    if (section === NOT_PLAIN || !isObject(section)) return undefined;
    this.#sections.set(text, section);
    return section;
  }

  #scalar(text: string): unknown {
    const known = this.#scalars.get(text);
    if (known !== undefined) return known;
    const value = jsYaml.load(text, { schema: SCHEMA });
    this.#scalars.set(text, value);
    return value;
  }

  #full(stretch: Stretch): readonly unknown[] {
    try {
      return jsYaml.loadAll(stretch.text, { schema: SCHEMA });
    } catch (error) {
      const values = asKubectlReads(stretch.text, this.#parsed(stretch).documents);
      if (values === undefined) throw this.#syntaxError(stretch, error);
      return values;
    }
  }

  #syntaxError(stretch: Stretch, cause: unknown): InputError {
    const { documents, lines } = this.#parsed(stretch);
    const { message, offset, remedy, ...told } = yamlProblem(stretch.text, documents, cause);
    const place = offset === undefined ? { line: told.line, col: told.column } : lines.linePos(offset);
    return new InputError(`not valid YAML: ${message}`, {
      file: this.file,
      line: place.line + this.#linesBefore(stretch),
      column: place.col,
      remedy,
    });
  }

  #parsed(stretch: Stretch): { readonly documents: readonly Document[]; readonly lines: LineCounter } {
    let parsed = this.#exact.get(stretch);
    if (parsed === undefined) {
      const lines = new LineCounter();
      parsed = { documents: parseExactly(stretch.text, lines), lines };
      this.#exact.set(stretch, parsed);
    }
    return parsed;
  }

  #linesBefore(stretch: Stretch): number {
    let lines = 0;
    for (let at = this.#text.indexOf('\n'); at >= 0 && at < stretch.start; at = this.#text.indexOf('\n', at + 1))
      lines++;
    return lines;
  }

  /** Where the value at a path stands, or the last part of the way to it that exists; `ofKey`: its field's name. */
  place(document: TextDocument, path: Path, ofKey = false): Place {
    const { documents, lines } = this.#parsed(document.stretch);
    const root = documents[document.index]?.contents;
    const place = lines.linePos(root === null || root === undefined ? 0 : offsetOf(root as Node, path, ofKey));
    return { line: place.line + this.#linesBefore(document.stretch), column: place.col };
  }
}

/** Offset of the deepest node on the way along a path. */
function offsetOf(root: Node, path: Path, ofKey: boolean): number {
  let node: Node = root;
  let offset = root.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : undefined) === String(step));
      if (pair === undefined) break;
      const key = pair.key as Node;
      if (last && ofKey) return key.range?.[0] ?? offset;
      offset = (pair.value as Node | null)?.range?.[0] ?? key.range?.[0] ?? offset;
      if (pair.value === null) break;
      node = pair.value as Node;
    } else if (isCollection(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (item === undefined) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}

/** The text cut before every `---`; uncut where directives or `...` make that more than a cut. */
function stretches(text: string): readonly Stretch[] {
  if (/^(?:%|\.\.\.)/m.test(text)) return [{ start: 0, text }];
  const found: Stretch[] = [];
  let start = 0;
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1)) {
    const after = text[at + 4];
    if (after !== undefined && after !== '\n' && after !== ' ' && after !== '\r' && after !== '\t') continue;
    found.push({ start, text: text.slice(start, at + 1) });
    start = at + 1;
  }
  found.push({ start, text: text.slice(start) });
  return found;
}

/** End of the section at `start`: where the next line begins with a letter. -1 if it is not a plain section. */
function sectionEnd(text: string, start: number): number {
  if (!isLetter(text.charCodeAt(start))) return -1;
  for (let at = text.indexOf('\n', start); at >= 0; at = text.indexOf('\n', at + 1))
    if (isLetter(text.charCodeAt(at + 1))) return at + 1;
  return text.length;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}
