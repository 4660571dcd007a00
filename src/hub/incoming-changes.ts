import { emptyOut } from '../api/empty-out.js';
import type { WatchEvent } from '../api/watch.js';
import type { ObjectBytes } from './object-bytes.js';
import type { WatchCache } from './watch-cache.js';

/** Changes in the cache that wait for the dispatcher; with more the cache has to wait itself (storage/cacher/cacher.go incoming). */
const INCOMING_MAX = 100;

/** The changes of one kind that have come to a watch cache: they are decoded, then in the cache, then dispatched, all in order. */
export class IncomingChanges {
  /** How many have come so far. */
  received: number;
  /** Whether some are being decoded. */
  decoding: boolean;
  private readonly objectBytes: ObjectBytes;
  private arriving: WatchEvent[];
  private batch: WatchEvent[];
  /** How long the objects of the batch are. */
  private readonly bytes: number[];
  /** How much of the batch has been decoded, is in the cache, and has been dispatched. */
  private decoded: number;
  private taken: number;
  private done: number;

  constructor(objectBytes: ObjectBytes) {
    this.received = 0;
    this.decoding = false;
    this.objectBytes = objectBytes;
    this.arriving = [];
    this.batch = [];
    this.bytes = [];
    this.decoded = 0;
    this.taken = 0;
    this.done = 0;
  }

  /** Those that have not been dispatched. */
  get pending(): number {
    return this.arriving.length + this.batch.length - this.done;
  }

  /** How many are in the cache so far. */
  get inCache(): number {
    return this.received - (this.arriving.length + this.batch.length - this.taken);
  }

  get canDispatch(): boolean {
    return this.done < this.decoded;
  }

  add(event: WatchEvent): void {
    this.received++;
    this.arriving.push(event);
  }

  clear(): void {
    emptyOut(this.arriving);
    this.clearBatch();
  }

  private clearBatch(): void {
    emptyOut(this.batch);
    emptyOut(this.bytes);
    this.decoded = 0;
    this.taken = 0;
    this.done = 0;
  }

  /**
   * Begins to decode what has come, unless something is being decoded or, with a dispatcher that is held up, waits for room
   * behind it; whether it does.
   */
  begin(heldUp: boolean): boolean {
    if (this.decoding || this.arriving.length === 0 || this.taken < this.batch.length) return false;
    if (heldUp && this.taken - this.done >= INCOMING_MAX) return false;
    this.decoding = true;
    if (this.batch.length === 0) {
      const batch = this.arriving;
      this.arriving = this.batch;
      this.batch = batch;
    } else {
      for (const event of this.arriving) this.batch.push(event);
      emptyOut(this.arriving);
    }
    for (let i = this.decoded; i < this.batch.length; i++) this.bytes.push(this.objectBytes.of(this.batch[i]!.object));
    return true;
  }

  /** What it costs to decode those that are being decoded, at so much for each and for each 1,000 bytes of it. */
  costNs(eventNs: number, kilobyteNs: number): number {
    let costNs = eventNs * (this.batch.length - this.decoded);
    for (let i = this.decoded; i < this.batch.length; i++) costNs += Math.round((kilobyteNs * this.bytes[i]!) / 1000);
    return costNs;
  }

  /** Whether any of those that are being decoded is more than a chore. */
  get work(): boolean {
    for (let i = this.decoded; i < this.batch.length; i++) if (!this.batch[i]!.chore) return true;
    return false;
  }

  /** What was being decoded is. */
  finish(): void {
    this.decoding = false;
    this.decoded = this.batch.length;
  }

  /** Puts what has been decoded into the cache, as far as there is room behind the dispatcher. */
  fill(cache: WatchCache, nowNs: number): void {
    const end = Math.min(this.decoded, this.done + INCOMING_MAX);
    while (this.taken < end) cache.take(this.batch[this.taken++]!, nowNs);
  }

  /** The next one to be dispatched, and how long its object is. */
  get next(): WatchEvent {
    return this.batch[this.done]!;
  }

  get nextBytes(): number {
    return this.bytes[this.done]!;
  }

  /** The dispatcher has it. */
  advance(): void {
    this.done++;
    if (this.done === this.batch.length && !this.decoding) this.clearBatch();
  }
}
