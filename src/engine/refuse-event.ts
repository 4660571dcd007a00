import { AssertionError, assert } from './assert.js';
import type { EventKind, KindTable } from './kind-table.js';

/** Says what is wrong with an event that cannot be scheduled. */
export function refuseEvent(kinds: KindTable, nowNs: number, timeNs: number, kind: EventKind, target: number): never {
  const what = `an event of kind "${kinds.nameOf(kind)}" at ${timeNs} ns`;
  assert(!(timeNs < nowNs), `${what} was scheduled in the past: now is ${nowNs} ns`);
  assert(Number.isSafeInteger(timeNs), `${what}: the time is not an exact integer of nanoseconds`);
  assert(target === (target | 0), `${what}: the target ${target} is not a 32-bit integer`);
  throw new AssertionError(`${what}: the kind was not registered with this engine`);
}
