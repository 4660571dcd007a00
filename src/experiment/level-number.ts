import { parseDuration } from '../api/duration.js';
import { InputError } from '../api/input-error.js';

/** A level as a number to draw it at: durations in seconds; undefined for what is neither. */
export function levelNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[0-9]/.test(value)) return undefined;
  try {
    return parseDuration(value) / 1e9;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
