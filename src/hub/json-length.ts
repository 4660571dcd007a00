/** Texts without anything that would be escaped. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/**
 * How long the JSON text of plain data is, without writing it: statuses are new with every pod that changes, and few of
 * them are alike. The same as `JSON.stringify(value).length` for numbers, texts, booleans, null, arrays and objects.
 */
export function jsonLength(value: unknown): number {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? digits(value) : JSON.stringify(value).length;
  if (typeof value === 'string') return PLAIN.test(value) ? value.length + 2 : JSON.stringify(value).length;
  if (typeof value === 'boolean') return value ? 4 : 5;
  if (typeof value !== 'object' || value === null) return 4;
  if (Array.isArray(value)) {
    let length = value.length === 0 ? 2 : 1;
    for (let i = 0; i < value.length; i++) length += jsonLength(value[i]) + 1;
    return length;
  }
  let length = 1;
  for (const key in value) {
    const field = (value as Record<string, unknown>)[key];
    if (field !== undefined) length += key.length + 4 + jsonLength(field);
  }
  return length === 1 ? 2 : length;
}

function digits(integer: number): number {
  let length = integer < 0 ? 2 : 1;
  for (let limit = 10; Math.abs(integer) >= limit; limit *= 10) length++;
  return length;
}
