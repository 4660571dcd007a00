type Column = Float64Array | Int32Array | Uint8Array;

/** A column of the same values with room for `size` rows. */
export function widened<T extends Column>(column: T, size: number): T {
  const wide = new (column.constructor as new (length: number) => T)(size);
  wide.set(column);
  return wide;
}
