import type { ScenarioConfig } from './config.js';

/** Keys that hold objects by the thousand; reports say how many. */
const COUNTED: ReadonlySet<string> = new Set(['nodes', 'state']);

/** Every key of a scenario's configuration and what it came to, defaults and all, by its path: `cluster.scheduler.kubeApiQps`. */
export function configurationOf({ seed, stop, cluster }: ScenarioConfig): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  flatten('', { seed, stop, cluster }, flat);
  return flat;
}

function flatten(path: string, value: unknown, flat: Record<string, unknown>): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) {
    flat[path] = value;
    return;
  }
  // A distribution is what it is written as.
  if ('sample' in value && 'text' in value) {
    flat[path] = value.text;
    return;
  }
  if (Array.isArray(value) && value.length === 0) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (COUNTED.has(key) && Array.isArray(inner) && path !== 'cluster') flat[`${at}.length`] = inner.length;
    else if (key === 'state' && Array.isArray(inner)) flat[`${at}.length`] = inner.length;
    else flatten(at, inner, flat);
  }
}
