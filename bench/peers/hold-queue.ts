/** A queue of events in the hold model: what is popped is pushed again for later. */
export interface HoldQueue {
  push(timeNs: number): void;
  /** Takes out the first event by (time, insertion) and gives its time. */
  pop(): number;
}
