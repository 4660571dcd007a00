import type { CriticalPath } from '../measure/critical-path.js';

/** `critical-path.json`, ending in a newline. */
export function criticalPathJson(path: CriticalPath): string {
  return `${JSON.stringify({ schema: 'hubsim/critical-path/v1', ...path }, undefined, 1)}\n`;
}
