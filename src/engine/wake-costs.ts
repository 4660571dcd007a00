/** What it costs a component to be woken when it has nothing to do, in processor nanoseconds. */
export interface WakeCosts {
  /** Before its first task begins: scheduling a thread, reading the network, filling the caches that others used meanwhile. */
  readonly wakeNs: number;
  /** A sleep of this length costs half of `wakeNs`. */
  readonly dozeNs: number;
  /** More before it after a long sleep: caches have gone cold, the core was halted. */
  readonly coldNs: number;
  /**
   * What it does for itself after a long sleep, beside its tasks and only on cores that nobody wants: its runtime looks
   * for work, collects garbage and goes to sleep again. A task that comes meanwhile needs no waking.
   */
  readonly tailNs: number;
  /** A sleep of this length costs half of `coldNs` and of `tailNs`. */
  readonly coolNs: number;
}

export const NO_WAKE_COSTS: WakeCosts = Object.freeze({ wakeNs: 0, dozeNs: 1, coldNs: 0, tailNs: 0, coolNs: 1 });
