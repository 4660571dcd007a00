import { describe, expect, it } from 'vitest';
import { Audit, type QueueAudit } from '../../../src/engine/index.js';

/** A queue with books, and the clock that both look at. */
function queue(): { clock: { nowNs: number }; items: number[]; books: QueueAudit; audit: Audit } {
  const clock = { nowNs: 0 };
  const items: number[] = [];
  const audit = new Audit();
  return { clock, items, audit, books: audit.queue(clock, 'q', () => items.length) };
}

describe('the books of a queue', () => {
  it('balance when every entry that comes leaves or is inside', () => {
    const { clock, items, books, audit } = queue();
    for (const item of [1, 2, 3]) {
      books.enter(item);
      items.push(item);
      clock.nowNs += 5;
    }
    books.leave(1);
    items.shift();
    clock.nowNs += 7;
    expect(audit.verify()).toEqual([]);
    expect([books.arrivals, books.departures]).toEqual([3, 1]);
  });

  it('show an entry that was lost, with the figures', () => {
    const { clock, items, books, audit } = queue();
    books.enter(1);
    items.push(1);
    clock.nowNs = 1e9;
    books.look();
    items.length = 0;
    clock.nowNs = 2e9;
    expect(audit.verify()).toEqual([
      { queue: 'q', message: 'flow balance: 1 arrived, 0 left, but 0 are inside' },
      { queue: 'q', message: "Little's law: the length over time comes to 1 s, the waits to 2 s" },
    ]);
  });

  it('show a length that is miscounted for a while', () => {
    const clock = { nowNs: 0 };
    let length = 0;
    const audit = new Audit();
    const books = audit.queue(clock, 'q', () => length);
    books.enter(1);
    length = 2;
    clock.nowNs = 1e9;
    books.leave(1);
    length = 0;
    expect(audit.verify().map(({ message }) => message)).toEqual([
      "Little's law: the length over time comes to 2 s, the waits to 1 s",
    ]);
  });

  it('show an entry that is served twice', () => {
    const { books, audit } = queue();
    books.enter(1);
    books.leave(1);
    books.leave(1);
    expect(audit.verify()[0]!.message).toBe('entry 1 left that was not inside');
  });

  it('weigh entries', () => {
    const clock = { nowNs: 0 };
    let seats = 0;
    const audit = new Audit();
    const books = audit.queue(clock, 'seats', () => seats);
    books.enter(7, 10);
    seats += 10;
    clock.nowNs = 3;
    books.leave(7);
    seats -= 10;
    expect(audit.verify()).toEqual([]);
    expect(books.departures).toBe(10);
  });
});
