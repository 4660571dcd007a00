import type { Call } from '../api/call.js';

/** Takes an answered call back to the side it came from. */
export interface CallReturn {
  returned(call: Call): void;
}
