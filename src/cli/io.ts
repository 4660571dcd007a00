import { readFileSync, type StatsListener, unwatchFile, watchFile } from 'node:fs';
import type { ExitCode } from './exit-code.js';
import { roomierProcess } from './roomier-process.js';

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
  /** Waits until one of the files has been changed; false when that will never be. */
  changed(files: readonly string[]): Promise<boolean>;
  /** Does the same command in a process with room for a large run, and gives its exit code. Missing where none is to be had. */
  readonly inRoomierProcess?: (() => Promise<ExitCode>) | undefined;
}

/** How often files that are waited for are looked at. */
const LOOK_MS = 200;

export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessNobodyReads);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    errIsTerminal: process.stderr.isTTY === true,
    nowMs: () => performance.now(),
    readFile: (path) => readFileSync(path, 'utf8'),
    changed,
    inRoomierProcess: roomierProcess(),
  };
}

/** Whoever read the output has had enough, as `head` does: the rest of it goes nowhere, and the work is done all the same. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Looks at the files by name: editors save by putting another file in the place of the first. */
function changed(files: readonly string[]): Promise<boolean> {
  if (files.length === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const listener: StatsListener = () => {
      for (const file of files) unwatchFile(file, listener);
      resolve(true);
    };
    for (const file of files) watchFile(file, { interval: LOOK_MS }, listener);
  });
}
