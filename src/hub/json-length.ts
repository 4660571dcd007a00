/**
 * How long the JSON text of plain data is, without writing it: statuses are new with every pod that changes, and few of
 * them are alike. The same as `JSON.stringify(value).length` for numbers, texts, booleans, null, arrays and objects.
 */
export function jsonLength(value: unknown): number {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? digits(value) : JSON.stringify(value).length;
  if (typeof value === 'string') return textLength(value);
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

/** Of a text in quotes: nearly all have nothing in them that would be escaped. */
function textLength(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0xd800) return JSON.stringify(text).length;
  }
  return text.length + 2;
}

function digits(integer: number): number {
  let length = integer < 0 ? 2 : 1;
  for (let left = Math.abs(integer); left >= 10; left = Math.floor(left / 10)) length++;
  return length;
}
