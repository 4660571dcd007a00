import type { QueueMeter } from './queue-meter.js';

/** Since when each key of a work queue waits or is worked on, for a meter. Engine times, ns. */
export class QueueTimes {
  private readonly meter: QueueMeter;
  private readonly addedNs: Map<number, number>;
  private readonly takenNs: Map<number, number>;

  constructor(meter: QueueMeter) {
    this.meter = meter;
    this.addedNs = new Map();
    this.takenNs = new Map();
  }

  added(key: number, nowNs: number): void {
    this.meter.added();
    this.addedNs.set(key, nowNs);
  }

  taken(key: number, nowNs: number): void {
    this.meter.waited(nowNs - this.addedNs.get(key)!);
    this.addedNs.delete(key);
    this.takenNs.set(key, nowNs);
  }

  done(key: number, nowNs: number): void {
    this.meter.worked(nowNs - this.takenNs.get(key)!);
    this.takenNs.delete(key);
  }

  retried(): void {
    this.meter.retried();
  }
}
