import { assert } from './assert.js';
import { nameHash } from './fingerprint.js';
import type { NamedWait, WaitCause } from './wait-cause.js';

/** A registered kind of event: an index into the table. */
export type EventKind = number;

/** What runs when an event of a kind is due. `target` is a 32-bit integer; `a` and `b` are any numbers. */
export type Handler = (target: number, a: number, b: number) => void;

const KINDS_MAX = 65_536;

/** The kinds of events of one engine: name, handler, and what they wait for. */
export class KindTable {
  readonly handlers: Handler[];
  /** By kind, the hash of its name. */
  readonly hashes: number[];
  private readonly names: string[];
  private readonly waits: WaitCause[];

  constructor() {
    this.handlers = [];
    this.hashes = [];
    this.names = [];
    this.waits = [];
  }

  register(name: string, handler: Handler, waitsFor: WaitCause): EventKind {
    assert(name !== '', 'an event kind needs a name');
    assert(this.names.length < KINDS_MAX, 'too many event kinds');
    this.names.push(name);
    this.hashes.push(nameHash(name));
    this.waits.push(waitsFor);
    return this.handlers.push(handler) - 1;
  }

  nameOf(kind: EventKind): string {
    return this.names[kind] ?? `unregistered kind ${kind}`;
  }

  waitOf(kind: EventKind): NamedWait {
    return { name: this.nameOf(kind), cause: this.waits[kind] ?? 'none' };
  }
}
