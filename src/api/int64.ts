const INT64_MAX = (1n << 63n) - 1n;

/** A 64-bit integer as Go's strconv.ParseInt(text, 10, 64) reads it, or undefined. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value > INT64_MAX || value < -INT64_MAX - 1n ? undefined : value;
}
