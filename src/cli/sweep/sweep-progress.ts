import { formatDuration } from '../../api/duration.js';
import type { Io } from '../io.js';

const PERIOD_MS = 200;

/** One line on the terminal that says how far a sweep is and how long it will take; nothing on what is no terminal. */
export class SweepProgress {
  readonly #io: Io;
  readonly #startMs: number;
  #shownMs: number;
  #planned: number;
  #ended: number;
  #known: number;

  constructor(io: Io) {
    this.#io = io;
    this.#startMs = io.nowMs();
    this.#shownMs = 0;
    this.#planned = 0;
    this.#ended = 0;
    this.#known = 0;
  }

  /** More runs are to be made; so many of them are there already. */
  plan(runs: number, known: number): void {
    this.#planned += runs;
    this.#known += known;
  }

  /** A run has ended. */
  step(): void {
    this.#ended++;
    const nowMs = this.#io.nowMs();
    if (!this.#io.errIsTerminal || nowMs - this.#shownMs < PERIOD_MS) return;
    this.#shownMs = nowMs;
    this.#io.err(`\r\x1b[K${this.text(nowMs)}`);
  }

  /** `137 of 2,000 runs, 12.3 a second, 2m31s to go`. */
  text(nowMs: number): string {
    const perMs = this.#ended / Math.max(1, nowMs - this.#startMs);
    const left = this.#planned - this.#known - this.#ended;
    const toGo = formatDuration(Math.ceil(left / perMs / 1e3) * 1e9);
    const count = (value: number): string => value.toLocaleString('en-US');
    return `${count(this.#known + this.#ended)} of ${count(this.#planned)} runs, ${(perMs * 1e3).toFixed(1)} a second, ${toGo} to go`;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#io.errIsTerminal) this.#io.err('\r\x1b[K');
  }
}
