/** An object of a manifest, before anything is known of its fields. */
export type JsonObject = { [field: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in a field, or undefined when there is none. */
export function objectAt(owner: JsonObject | undefined, field: string): JsonObject | undefined {
  const value = owner?.[field];
  return isObject(value) ? value : undefined;
}

/** The object in a field, which is made when there is none. */
export function makeObjectAt(owner: JsonObject, field: string): JsonObject {
  const present = objectAt(owner, field);
  if (present !== undefined) return present;
  const made: JsonObject = {};
  owner[field] = made;
  return made;
}

/** The objects of a list in a field; nothing when there is no list. */
export function objectsAt(owner: JsonObject | undefined, field: string): readonly JsonObject[] {
  const value = owner?.[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Sets a field that is missing or null: the default of a Go pointer. */
export function fillIn(owner: JsonObject, field: string, value: unknown): void {
  if (owner[field] === undefined || owner[field] === null) owner[field] = value;
}

/** Sets a field that is missing, null, empty or zero: the default of a plain Go value. */
export function fillInZero(owner: JsonObject, field: string, value: unknown): void {
  const present = owner[field];
  if (present === undefined || present === null || present === '' || present === 0) owner[field] = value;
}
