export type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

interface ColumnType<T extends Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (memory: SharedArrayBuffer): T;
}

/**
 * A column of so many rows, all of them `filler`. It lies in shared memory, though nobody shares it: V8 counts what other arrays
 * take, and whenever that has grown by 32 MiB goes through the whole heap to see whether some can be freed. Of a run that only
 * grows none can, and with a million pods that took a seventh of its time.
 */
export function newColumn<T extends Column>(type: ColumnType<T>, rows: number, filler = 0): T {
  const column = new type(new SharedArrayBuffer(rows * type.BYTES_PER_ELEMENT));
  if (filler !== 0) column.fill(filler);
  return column;
}

/** A column with the same values and more rows behind them. */
export function widened<T extends Column>(column: T, rows: number, filler = 0): T {
  const wide = newColumn(column.constructor as unknown as ColumnType<T>, rows);
  wide.set(column);
  if (filler !== 0) wide.fill(filler, column.length);
  return wide;
}

/** Rows to have room for when so many are needed and there is room for `rows`: a quarter more, since 100,000 kubelets must fit. */
export function roomFor(needed: number, rows: number): number {
  return Math.max(needed, Math.ceil(rows * 1.25));
}
