import type { EventKind } from './kind-table.js';

/**
 * Sees every event just before it runs. `id` numbers events in the order they were scheduled, from 1; `causeId` is the
 * event that was running when this one was scheduled, 0 if it was scheduled from outside the run. What the event waited
 * for is a property of its kind: `Engine.waitCauseOf(kind)`.
 */
export interface Recorder {
  executed(id: number, causeId: number, timeNs: number, kind: EventKind, target: number): void;
}
