/**
 * Names one scheduled event for `cancel`: `generation * SLOTS_MAX + slot`, an exact integer. The generation of a slot
 * grows each time the slot is given back, and a slot whose generations are used up is never used again, so a handle
 * never comes to mean another event. 0 is never a handle: generations start at 1.
 */
export type EventHandle = number;

/** Slots a handle can name: 2^25, which leaves 28 bits for generations. */
export const SLOTS_MAX: number = 2 ** 25;
export const GENERATION_MAX: number = 2 ** 28 - 1;

export function slotOf(handle: EventHandle): number {
  return handle % SLOTS_MAX;
}

export function generationOf(handle: EventHandle): number {
  return Math.floor(handle / SLOTS_MAX);
}
