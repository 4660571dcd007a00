import type { Input } from './schema-values.js';

/** A whole section: what the file says where it says something, the default elsewhere. */
export function fill<T extends object>(defaults: T, input: Input<T> | undefined): T {
  const given: Readonly<Record<string, unknown>> = { ...input };
  const filled: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(defaults)) {
    const key = field.endsWith('Ns') ? field.slice(0, -'Ns'.length) : field;
    filled[field] = given[key] ?? value;
  }
  return filled as T;
}
