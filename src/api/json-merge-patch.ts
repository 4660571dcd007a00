import { isObject, type JsonObject } from './json.js';

/**
 * The value that a JSON merge patch makes of another: fields of the patch replace, null removes, objects are merged,
 * lists are replaced whole (RFC 7386). Nothing is changed in place; untouched parts are shared.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  for (const [field, change] of Object.entries(patch)) {
    if (change === null) delete merged[field];
    else merged[field] = mergePatch(merged[field], change);
  }
  return merged;
}
