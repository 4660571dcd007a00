import type { JsonObject } from './json.js';

/** What `parsePlainYaml` gives for text beyond its subset; the full parser must read that. */
export const NOT_PLAIN: unique symbol = Symbol('not plain');

/** Nothing but printable ASCII without comments: anything else is left to the full parser. */
const PLAIN_TEXT = /^[\n\x20-\x22\x24-\x7e]*$/;
const KEY = /^([A-Za-z][A-Za-z0-9_./-]*):(?: +|$)/;
const WORD = /^[A-Za-z][A-Za-z0-9_./:@+=,-]*(?: +[A-Za-z0-9_./@+=,-]+)*$/;
const NUMERIC = /^[0-9.+-][A-Za-z0-9_./@+=,-]*$/;
/** An amount of a resource, which no reader takes for a number. */
const AMOUNT = /^[0-9]+(?:\.[0-9]+)?(?:[mkMGTP]|[KMGTPE]i)$/;
const INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;
const NOT_STRINGS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/**
 * Reads the everyday subset of YAML that generated manifests are written in: block mappings and sequences of plain and
 * simply quoted scalars on one line. Ten times as fast as the full parser, and cautious: whatever it does not know for
 * certain is NOT_PLAIN. `readScalar` reads a plain scalar that looks like a number.
 */
export function parsePlainYaml(text: string, readScalar: (text: string) => unknown): unknown {
  if (!PLAIN_TEXT.test(text)) return NOT_PLAIN;
  const reader = new PlainReader(text, readScalar);
  const value = reader.block(reader.indent);
  return reader.ended ? value : NOT_PLAIN;
}

/** A cursor over the lines of a text. Once a line is not plain, every method gives NOT_PLAIN. */
class PlainReader {
  /** Spaces before the current line's content; -1 at the end. */
  indent = 0;
  /** Content of the current line, without indentation and trailing spaces. */
  #line = '';
  #next = 0;
  readonly #text: string;
  readonly #readScalar: (text: string) => unknown;

  constructor(text: string, readScalar: (text: string) => unknown) {
    this.#text = text;
    this.#readScalar = readScalar;
    this.#advance();
  }

  get ended(): boolean {
    return this.indent < 0;
  }

  /** Moves to the next line that is not blank. */
  #advance(): void {
    const text = this.#text;
    while (this.#next < text.length) {
      let start = this.#next;
      let end = text.indexOf('\n', start);
      if (end < 0) end = text.length;
      this.#next = end + 1;
      const lineStart = start;
      while (start < end && text.charCodeAt(start) === 32) start++;
      if (start === end) continue;
      while (text.charCodeAt(end - 1) === 32) end--;
      this.indent = start - lineStart;
      this.#line = text.slice(start, end);
      return;
    }
    this.indent = -1;
    this.#line = '';
  }

  block(indent: number): unknown {
    return isItem(this.#line) ? this.#sequence(indent) : this.#mapping(indent);
  }

  #mapping(indent: number): unknown {
    const mapping: JsonObject = {};
    while (this.indent === indent && !isItem(this.#line)) {
      const match = KEY.exec(this.#line);
      const key = match?.[1] ?? '';
      if (match === null || NOT_STRINGS.has(key) || Object.hasOwn(mapping, key)) return NOT_PLAIN;
      const value = this.#value(this.#line.slice(match[0].length), indent, indent);
      if (value === NOT_PLAIN) return NOT_PLAIN;
      mapping[key] = value;
    }
    return this.indent > indent ? NOT_PLAIN : mapping;
  }

  #sequence(indent: number): unknown {
    const sequence: unknown[] = [];
    while (this.indent === indent && isItem(this.#line)) {
      const rest = this.#line.slice(1).trimStart();
      const value = KEY.test(rest) ? this.#compactMapping(indent, rest) : this.#value(rest, indent, indent + 1);
      if (value === NOT_PLAIN) return NOT_PLAIN;
      sequence.push(value);
    }
    return this.indent > indent ? NOT_PLAIN : sequence;
  }

  /** `- name: x` with the other fields below `name`: the item is a mapping whose first line starts after the dash. */
  #compactMapping(indent: number, rest: string): unknown {
    this.indent = indent + this.#line.length - rest.length;
    this.#line = rest;
    return this.#mapping(this.indent);
  }

  /** What stands after a key or dash, or on the lines below; a sequence may begin at `sequenceIndent` already. */
  #value(text: string, indent: number, sequenceIndent: number): unknown {
    this.#advance();
    if (text === '') {
      if (this.indent > indent) return this.block(this.indent);
      return this.indent === sequenceIndent && isItem(this.#line) ? this.#sequence(sequenceIndent) : null;
    }
    // A deeper line would continue the scalar.
    return this.indent > indent ? NOT_PLAIN : this.#scalar(text);
  }

  #scalar(text: string): unknown {
    const first = text.charCodeAt(0);
    const quoted = text.length >= 2 && text.charCodeAt(text.length - 1) === first;
    if (first === 39) return quoted && text.indexOf("'", 1) === text.length - 1 ? text.slice(1, -1) : NOT_PLAIN;
    if (first === 34) return quoted && !/["\\]/.test(text.slice(1, -1)) ? text.slice(1, -1) : NOT_PLAIN;
    if (WORD.test(text)) {
      if (text.endsWith(':') || text.includes(': ')) return NOT_PLAIN;
      return NOT_STRINGS.has(text) ? NOT_STRINGS.get(text) : text;
    }
    if (INTEGER.test(text)) return Number(text);
    if (AMOUNT.test(text)) return text;
    if (text === '{}') return {};
    if (text === '[]') return [];
    return NUMERIC.test(text) && text !== '-' ? this.#readScalar(text) : NOT_PLAIN;
  }
}

function isItem(line: string): boolean {
  return line.charCodeAt(0) === 45 && (line.length === 1 || line.charCodeAt(1) === 32);
}
