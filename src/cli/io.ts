import { readFileSync } from 'node:fs';

/** The outside world as the commands see it; tests hand in another. */
export interface Io {
  /** Standard output. */
  out(text: string): void;
  /** Standard error. */
  err(text: string): void;
  /** Whether standard output and standard error are terminals. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Milliseconds of a clock that only goes forward. */
  nowMs(): number;
  readFile(path: string): string;
}

export function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    errIsTerminal: process.stderr.isTTY === true,
    nowMs: () => performance.now(),
    readFile: (path) => readFileSync(path, 'utf8'),
  };
}
