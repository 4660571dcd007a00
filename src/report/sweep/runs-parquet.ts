import type { SweepResult } from '../../experiment/sweep-result.js';
import { runColumns } from './runs-table.js';

/** `runs.parquet`, the table of `runs.csv`; undefined where the optional package that writes it is not installed. */
export async function runsParquet(result: SweepResult): Promise<Uint8Array | undefined> {
  const writer = await import('hyparquet-writer').catch(() => undefined);
  if (writer === undefined) return undefined;
  const types = { text: 'STRING', number: 'DOUBLE', boolean: 'BOOLEAN' } as const;
  const columnData = runColumns(result).map(({ name, type, of }) => ({
    name,
    type: types[type],
    data: result.records.map(of),
    nullable: true,
  }));
  return new Uint8Array(writer.parquetWriteBuffer({ columnData }));
}
