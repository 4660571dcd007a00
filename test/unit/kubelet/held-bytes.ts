/** What V8 takes for a word, for an object beside its fields, and for an entry of a map or set, at most. */
const WORD = 8;
const HEADER = 24;
const ENTRY = 48;

/**
 * Bytes of everything that can be reached from an object, each thing once, without what is `shared`. Counted rather than
 * measured, since memory is given back whenever the machine finds time for it.
 */
export function heldBytes(root: object, shared: Iterable<object>): number {
  const seen = new Set<object>(shared);
  const left: object[] = [root];
  let bytes = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    bytes += HEADER + ownBytes(next);
    for (const part of partsOf(next)) if (typeof part === 'object' && part !== null) left.push(part);
  }
  return bytes;
}

function ownBytes(object: object): number {
  if (ArrayBuffer.isView(object)) return object.byteLength;
  if (object instanceof Map || object instanceof Set) return object.size * ENTRY;
  return Object.keys(object).length * WORD;
}

function partsOf(object: object): Iterable<unknown> {
  if (ArrayBuffer.isView(object)) return [];
  if (object instanceof Map) return [...object.keys(), ...object.values()];
  return object instanceof Set ? object : Object.values(object);
}
