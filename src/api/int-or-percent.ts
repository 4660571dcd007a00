import { isDigits } from './digits.js';
import { InputError } from './input-error.js';
import { parseInt64 } from './int64.js';
import type { IntOrPercent } from './workload.js';

/**
 * The number that an integer or percentage of `total` stands for (intstr.GetScaledValueFromIntOrPercent).
 * Throws InputError for text that is not a whole percentage.
 */
export function scaledValue(value: IntOrPercent, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value;
  const share = percentOf(value) * total;
  return roundUp ? Math.ceil(share / 100) + 0 : Math.floor(share / 100) + 0;
}

/** Longest count that a number holds exactly, whatever its digits. */
const SHORT = 10;

/** `25%` → 25. Rollouts ask in every step: what is long or has a sign is left to the exact way. */
function percentOf(text: string): number {
  const end = text.length - 1;
  const isShort = end <= SHORT && text.endsWith('%') && isDigits(text, 0, end);
  return isShort ? Number.parseInt(text, 10) : exactPercentOf(text);
}

function exactPercentOf(text: string): number {
  const percent = text.endsWith('%') ? parseInt64(text.slice(0, -1)) : undefined;
  if (percent === undefined)
    throw new InputError(`${JSON.stringify(text)} is neither an integer nor a percentage`, {
      value: text,
      remedy: 'write 2 or "25%"',
    });
  return Number(percent);
}

/** How many pods a rollout may add and may miss. */
export interface Fenceposts {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/**
 * Surge rounds up, unavailable rounds down, and both zero means one unavailable, for a rollout that may do neither
 * would never move (deployment/util ResolveFenceposts).
 */
export function resolveFenceposts(maxSurge: IntOrPercent, maxUnavailable: IntOrPercent, desired: number): Fenceposts {
  const surge = scaledValue(maxSurge, desired, true);
  const unavailable = scaledValue(maxUnavailable, desired, false);
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
