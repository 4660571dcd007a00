import { type JsonObject, objectAt } from './json.js';
import type { ExtraFields } from './object.js';

const TYPED: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);

/**
 * The fields that no typed part of the object holds, so that nothing of a manifest is lost: other top-level fields,
 * and under `spec` and `status` what is left of those beside the given fields.
 */
export function extraOf(
  manifest: JsonObject,
  specFields?: readonly string[],
  statusFields?: readonly string[],
): ExtraFields | undefined {
  let extra: JsonObject | undefined;
  for (const field in manifest) {
    if (TYPED.has(field)) continue;
    extra ??= {};
    extra[field] = manifest[field];
  }
  for (const [section, fields] of [['spec', specFields] as const, ['status', statusFields] as const]) {
    const rest = fields === undefined ? {} : without(objectAt(manifest, section) ?? {}, fields);
    if (Object.keys(rest).length > 0) extra = { ...extra, [section]: rest };
  }
  return extra;
}

function without(object: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}
