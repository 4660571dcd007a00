import { emptyOut } from '../api/empty-out.js';
import { KeyNumbers } from './key-numbers.js';
import type { QueueMeter } from './queue-meter.js';

/** Since when each key of a work queue waits or is worked on, for a meter. Engine times, ns. */
export class QueueTimes {
  private readonly meter: QueueMeter;
  /** Of keys in the queue, in its order. */
  private readonly queuedNs: number[];
  /** Of keys that a worker has and that were added meanwhile. */
  private readonly addedNs: KeyNumbers;
  private readonly takenNs: KeyNumbers;

  constructor(meter: QueueMeter) {
    this.meter = meter;
    this.queuedNs = [];
    this.addedNs = new KeyNumbers();
    this.takenNs = new KeyNumbers();
  }

  /** A key was added; it is queued when the worker that has it is done. */
  addedMeanwhile(key: number, nowNs: number): void {
    this.meter.added();
    this.addedNs.put(key, nowNs);
  }

  /** A key was added and queued. */
  added(nowNs: number): void {
    this.meter.added();
    this.queuedNs.push(nowNs);
  }

  /** A key that was added meanwhile is queued. */
  queued(key: number): void {
    this.queuedNs.push(this.addedNs.of(key));
    this.addedNs.put(key, 0);
  }

  /** The key at this place of the queue was taken. */
  taken(place: number, nowNs: number): void {
    this.meter.waited(nowNs - this.queuedNs[place]!);
  }

  /** What is before this place has left the queue. */
  drop(places: number): void {
    if (places === this.queuedNs.length) emptyOut(this.queuedNs);
    else this.queuedNs.splice(0, places);
  }

  started(key: number, nowNs: number): void {
    this.takenNs.put(key, nowNs);
  }

  done(key: number, nowNs: number): void {
    this.meter.worked(nowNs - this.takenNs.of(key));
    this.takenNs.put(key, 0);
  }

  /** A key that was taken needed no work. */
  passed(): void {
    this.meter.worked(0);
  }

  retried(): void {
    this.meter.retried();
  }
}
