import { CORE_DEFAULTS } from './default-core.js';
import { WORKLOAD_DEFAULTS } from './default-workload.js';
import { type JsonObject, objectAt } from './json.js';

/**
 * A copy of an object with what the API server's defaulting adds to it, and nothing of admission, storage strategies
 * or validation (apis/…/v1/defaults.go). Kinds without defaults come back as they are.
 * Throws InputError for quantities that Kubernetes refuses.
 */
export function defaulted(object: JsonObject): JsonObject {
  const kind = String(object.kind);
  const fill = WORKLOAD_DEFAULTS[kind] ?? CORE_DEFAULTS[kind];
  const copy = structuredClone(object);
  const spec = objectAt(copy, 'spec') ?? {};
  fill?.(copy, spec);
  if (Object.keys(spec).length > 0) copy.spec = spec;
  return copy;
}
