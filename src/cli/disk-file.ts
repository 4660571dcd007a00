import { statSync } from 'node:fs';
import { readGiven, unreadable } from '../scenario/files.js';
import type { GivenFile } from '../scenario/import/imported.js';
import { linesOfFile } from './lines-of-file.js';

/** A file that the user named, read as it is asked for. Reading throws InputError where that cannot be. */
export class DiskFile implements GivenFile {
  readonly path: string;
  private readonly readFile: (path: string) => string;
  private whole: string | undefined;

  constructor(path: string, readFile: (path: string) => string) {
    this.path = path;
    this.readFile = readFile;
    this.whole = undefined;
  }

  get text(): string {
    this.whole ??= readGiven(this.readFile, this.path);
    return this.whole;
  }

  *lines(): Generator<string, void, void> {
    // A pipe, as of zcat, can be read only once.
    if (statSync(this.path, { throwIfNoEntry: false })?.isFile() !== true) {
      yield* this.text.split('\n');
      return;
    }
    try {
      yield* linesOfFile(this.path);
    } catch (error) {
      throw unreadable(error, this.path);
    }
  }
}
