import { resolveFile } from '../files.js';

/** The files of one test: a path that begins with a slash is relative to the test's configuration, others to who names them. */
export class LoaderFiles {
  private readonly readFile: (path: string) => string;
  private readonly top: string;

  /** `top` is the configuration of the test. */
  constructor(readFile: (path: string) => string, top: string) {
    this.readFile = readFile;
    this.top = top;
  }

  resolve(named: string, from: string): string {
    return named.startsWith('/') ? resolveFile(named.slice(1), this.top) : resolveFile(named, from);
  }

  /** Undefined where there is no such file. */
  read(file: string): string | undefined {
    try {
      return this.readFile(file);
    } catch {
      return undefined;
    }
  }
}
