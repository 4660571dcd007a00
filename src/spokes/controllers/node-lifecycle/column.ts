/** A column with room for a row: at least twice as long as it was, with `empty` in the rows that are new. */
export function grown(column: Float64Array, row: number, empty: number): Float64Array {
  const wider = new Float64Array(Math.max(64, 2 * column.length, row + 1)).fill(empty);
  wider.set(column);
  return wider;
}
