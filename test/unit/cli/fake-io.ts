import { readFileSync } from 'node:fs';
import type { Io } from '../../../src/cli/io.js';

/** An outside world that keeps what is printed. */
export class FakeIo implements Io {
  outText: string;
  errText: string;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  private clockMs: number;

  constructor(options: { readonly terminal?: boolean } = {}) {
    this.outText = '';
    this.errText = '';
    this.outIsTerminal = false;
    this.errIsTerminal = options.terminal ?? false;
    this.clockMs = 0;
  }

  out(text: string): void {
    this.outText += text;
  }

  err(text: string): void {
    this.errText += text;
  }

  /** Every look at the clock finds it a quarter of a second later. */
  nowMs(): number {
    this.clockMs += 250;
    return this.clockMs;
  }

  /** Nobody saves a file, unless a test says so. */
  changed: (files: readonly string[]) => Promise<boolean> = () => Promise.resolve(false);

  readFile(path: string): string {
    return readFileSync(path, 'utf8');
  }
}
