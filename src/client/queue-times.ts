import { KeyNumbers } from './key-numbers.js';
import type { QueueMeter } from './queue-meter.js';

/** Since when each key of a work queue waits or is worked on, for a meter. Engine times, ns. */
export class QueueTimes {
  private readonly meter: QueueMeter;
  private readonly addedNs: KeyNumbers;
  private readonly takenNs: KeyNumbers;

  constructor(meter: QueueMeter) {
    this.meter = meter;
    this.addedNs = new KeyNumbers();
    this.takenNs = new KeyNumbers();
  }

  added(key: number, nowNs: number): void {
    this.meter.added();
    this.addedNs.put(key, nowNs);
  }

  taken(key: number, nowNs: number): void {
    this.meter.waited(nowNs - this.addedNs.of(key));
    this.addedNs.put(key, 0);
    this.takenNs.put(key, nowNs);
  }

  done(key: number, nowNs: number): void {
    this.meter.worked(nowNs - this.takenNs.of(key));
    this.takenNs.put(key, 0);
  }

  retried(): void {
    this.meter.retried();
  }
}
