type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** A column of the same values with room for `size` rows. */
export function widened<T extends Column>(column: T, size: number): T {
  const wide = new (column.constructor as new (length: number) => T)(size);
  wide.set(column);
  return wide;
}

/** Rows to have room for when so many are needed and there is room for `size`: a quarter more, since 100,000 kubelets must fit. */
export function roomFor(needed: number, size: number): number {
  return Math.max(needed, Math.ceil(size * 1.25));
}
