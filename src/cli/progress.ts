import { formatDuration } from '../api/duration.js';
import type { Io } from './io.js';

const PERIOD_MS = 100;

/** One line on the terminal that says how far a run is; nothing when standard error is no terminal. */
export class Progress {
  readonly #io: Io;
  readonly #startMs: number;
  #shownMs: number;

  constructor(io: Io) {
    this.#io = io;
    this.#startMs = io.nowMs();
    this.#shownMs = this.#startMs;
  }

  /** Called every now and then by a run. */
  show(nowNs: number, events: number): void {
    const nowMs = this.#io.nowMs();
    if (!this.#io.errIsTerminal || nowMs - this.#shownMs < PERIOD_MS) return;
    this.#shownMs = nowMs;
    const perSecond = events / ((nowMs - this.#startMs) / 1e3) / 1e6;
    const virtual = formatDuration(Math.floor(nowNs / 1e8) * 1e8);
    this.#io.err(`\r\x1b[K${virtual} virtual, ${events.toLocaleString('en-US')} events, ${perSecond.toFixed(2)} M/s`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#io.errIsTerminal) this.#io.err('\r\x1b[K');
  }
}
