import type { Mark } from '../../measure/run-result.js';
import type { Step } from './step.js';

/** A step as it is marked on the time axes of reports, when it is done. */
export function markOf({ action }: Step, atNs: number): Mark {
  const { forNs = -1, isFault = false, text } = action;
  return { atNs, endNs: forNs > 0 ? atNs + forNs : -1, text, fault: isFault };
}
