import { emptyOut } from '../api/empty-out.js';
import type { WatchEvent } from '../api/watch.js';

/** Processed entries are cut off in pieces, so that a long burst stays linear. */
const COMPACT_AT = 4096;

/** Changes that a watch has sent and that its cache does not have yet, first to last. */
export class WatchInbox {
  private readonly events: WatchEvent[];
  private head: number;

  constructor() {
    this.events = [];
    this.head = 0;
  }

  push(event: WatchEvent): void {
    this.events.push(event);
  }

  /** Forgets so many of the last. */
  dropLast(count: number): void {
    this.events.length -= count;
    if (this.head < this.events.length) return;
    emptyOut(this.events);
    this.head = 0;
  }

  next(): WatchEvent {
    const event = this.events[this.head++]!;
    if (this.head === this.events.length) {
      emptyOut(this.events);
      this.head = 0;
    } else if (this.head === COMPACT_AT) {
      this.events.splice(0, this.head);
      this.head = 0;
    }
    return event;
  }
}
