import { basename, dirname, isAbsolute, join } from 'node:path';
import { InputError } from '../api/input-error.js';
import type { ReadFile } from '../scenario/files.js';
import type { Bundle } from './outcome.js';

/**
 * Reads files for a scenario and keeps what it has read. Paths are taken from the scenario's folder, so that results,
 * messages in them and hashes are the same wherever the folder lies.
 */
export class BundleReader {
  readonly file: string;
  readonly #directory: string;
  readonly #readFile: ReadFile;
  readonly #files: Map<string, string>;

  constructor(file: string, readFile: ReadFile) {
    this.file = basename(file);
    this.#directory = dirname(file);
    this.#readFile = readFile;
    this.#files = new Map();
  }

  /** For the loader. */
  readonly read: ReadFile = (path) => {
    let text = this.#files.get(path);
    if (text === undefined) {
      text = this.#readFile(this.#onDisk(path));
      this.#files.set(path, text);
    }
    return text;
  };

  /** Everything read so far. */
  bundle(): Bundle {
    const sorted = [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1));
    return { file: this.file, files: Object.fromEntries(sorted) };
  }

  /** Does it, and names the file of a mistake as the user knows it. */
  guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof InputError) || error.file === undefined) throw error;
      const { message, ...detail } = error;
      throw new InputError(error.message, { ...withoutName(detail), file: this.#onDisk(error.file) });
    }
  }

  #onDisk(path: string): string {
    return isAbsolute(path) ? path : join(this.#directory, path);
  }
}

/** The parts of an error that are known. */
function withoutName(detail: object): object {
  return Object.fromEntries(Object.entries(detail).filter(([key, value]) => key !== 'name' && value !== undefined));
}
