import { InputError } from '../api/input-error.js';
import type { JsonObject } from '../api/json.js';
import type { Warning } from '../api/warning.js';
import type { Path, Source } from './source.js';
import { withoutQuotes } from './unquoted.js';

/** A manifest that stands in the scenario itself: an object, several, or a block of YAML. */
export type InlineManifest = JsonObject | readonly JsonObject[] | string;

/** Whether a text is YAML itself and not the name of a file with it. */
export function isYaml(text: string): boolean {
  return text.includes('\n');
}

/** One object or block of YAML of a scenario as the text of a manifest, and where what is in it really stands. */
export class InlineText {
  readonly text: string;
  private readonly source: Source;
  /** Where it stands in the scenario. */
  private readonly path: Path;
  /** Of a block, its first line and how far it is indented; undefined of an object. */
  private readonly block: { readonly line: number; readonly column: number } | undefined;

  constructor(value: JsonObject | string, source: Source, path: Path) {
    this.text = typeof value === 'string' ? value : withoutQuotes(JSON.stringify(value));
    this.source = source;
    this.path = path;
    this.block = typeof value === 'string' ? source.placeOfBlock(path) : undefined;
  }

  get file(): string {
    return this.source.place(this.path).file;
  }

  /** What `read` makes of the text; its mistakes are shown where they stand in the scenario. */
  within<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof InputError ? this.placed(error) : error;
    }
  }

  /** A warning about the text, with its place in the scenario. */
  warning(warning: Warning): string {
    const { line, column, path } = this.placeOf(warning);
    return `${this.file}:${line}:${column}: ${path} ${warning.message}${warning.count === 1 ? '' : ` (${warning.count} times)`}`;
  }

  private placed(error: InputError): InputError {
    const { message, value } = error;
    const remedy = this.quotesRemedy(error.path) ?? error.remedy;
    return new InputError(message, {
      ...this.placeOf(error),
      value,
      ...(remedy === undefined ? {} : { remedy }),
      others: error.others.map((other) => this.placed(other)),
    });
  }

  /** Quotes decide whether what braces stand for is a text or a number. */
  private quotesRemedy(path = ''): string | undefined {
    if (this.block !== undefined) return undefined;
    const written = this.source.writtenAt([...this.path, ...partsOf(path)]);
    if (/^\{\{.*\}\}$/s.test(written)) return `in quotes it is a text: "${written}"`;
    return /^["']\{\{.*\}\}["']$/s.test(written) ? `without quotes it is a number: ${written.slice(1, -1)}` : undefined;
  }

  private placeOf({ line = 1, column = 1, path = '' }: Pick<InputError, 'line' | 'column' | 'path'>): Placed {
    if (this.block === undefined) {
      const whole = [...this.path, ...partsOf(path)];
      return this.source.place(whole);
    }
    const { file } = this;
    return { file, line: this.block.line + line - 1, column: this.block.column + column - 1, path };
  }
}

interface Placed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
}

/** `spec.containers[0].image`, taken apart. */
function partsOf(path: string): Path {
  return [...path.matchAll(/\[(\d+)\]|\["([^"]*)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name)! : Number(index),
  );
}
