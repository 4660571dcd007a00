import type { EventRecords } from './event-records.js';
import type { InstantRing } from './instant-ring.js';
import type { Handler } from './kind-table.js';

const NOTHING: Handler = () => {};

/**
 * Ends the kinds [from, to): what is still to come of them runs to no effect and as a chore. Returns how much work that
 * ended. O(events): for the death of a component, not for the hot path.
 */
export function retire(
  from: number,
  to: number,
  handlers: Handler[],
  records: EventRecords,
  ring: InstantRing,
): number {
  for (let kind = from; kind < to; kind++) handlers[kind] = NOTHING;
  let ended = 0;
  const demoted = (kindAndFlags: number): number => {
    const kind = kindAndFlags >> 2;
    if (kindAndFlags < 0 || kind < from || kind >= to || (kindAndFlags & 1) !== 0) return kindAndFlags;
    ended++;
    return kindAndFlags | 1;
  };
  const free = records.freeSlots();
  for (let slot = 0; slot < records.capacity; slot++)
    if (free[slot] === 0) records.kinds[slot] = demoted(records.kinds[slot]!);
  for (let event = ring.head; event < ring.tail; event++) {
    const row = event & ring.mask;
    ring.kinds[row] = demoted(ring.kinds[row]!);
  }
  return ended;
}
