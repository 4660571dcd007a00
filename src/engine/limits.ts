import { assert } from './assert.js';
import { SLOTS_MAX } from './event-handle.js';

/** How far a run may go before it ends with the reason `limit`: nothing may run or grow for ever. */
export interface Limits {
  /** Events executed since the engine was made. @default 1e12 */
  readonly events: number;
  /** Events scheduled and neither run nor cancelled, at any moment. @default 16,000,000 */
  readonly liveEvents: number;
  /** Events executed without the clock moving: the guard against a livelock. @default 50,000,000 */
  readonly eventsInInstant: number;
}

const DEFAULTS: Limits = { events: 1e12, liveEvents: 16_000_000, eventsInInstant: 50_000_000 };

/** The limits of a run with every default filled in. */
export function resolveLimits(limits: Partial<Limits> = {}): Limits {
  const resolved = { ...DEFAULTS, ...limits };
  for (const [name, value] of Object.entries(resolved)) {
    assert(Number.isSafeInteger(value) && value > 0, `limit ${name} must be a positive integer, not ${value}`);
  }
  assert(resolved.liveEvents <= SLOTS_MAX / 2, `limit liveEvents must be at most ${SLOTS_MAX / 2}`);
  return resolved;
}
