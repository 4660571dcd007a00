import { defaulted } from '../../../src/api/defaulting.js';
import { isObject, type JsonObject } from '../../../src/api/json.js';
import type { Case, Suite } from '../suite.js';

export const defaulting: Suite = { name: 'defaulting', answer };

function answer({ input }: Case): unknown {
  return { object: withoutEmpty(defaulted((input as { object: JsonObject }).object)) };
}

/** Fields that the vectors leave out where they are empty. */
const DROPPED_WHEN_EMPTY: ReadonlySet<string> = new Set(['metadata', 'resources', 'securityContext', 'status']);

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([field, content]) =>
      content !== null && !(DROPPED_WHEN_EMPTY.has(field) && isObject(content) && Object.keys(content).length === 0),
  );
  return Object.fromEntries(kept.map(([field, content]) => [field, withoutEmpty(content)]));
}
