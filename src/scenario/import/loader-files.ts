import { resolveFile } from '../files.js';

/**
 * The files of one test. All paths are relative to the test's configuration, those in modules too and with or without a slash before
 * them (clusterloader2 pkg/test/simple_context.go basepathFS); where there is no such file, to who names it.
 */
export class LoaderFiles {
  private readonly readFile: (path: string) => string;
  private readonly top: string;

  /** `top` is the configuration of the test. */
  constructor(readFile: (path: string) => string, top: string) {
    this.readFile = readFile;
    this.top = top;
  }

  resolve(named: string, from: string): string {
    const file = resolveFile(named.replace(/^\/+/, ''), this.top);
    return this.read(file) === undefined && !named.startsWith('/') ? resolveFile(named, from) : file;
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
