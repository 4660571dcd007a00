import { csvRows } from './csv-reader.js';
import type { ResultFile } from './result-files.js';

/** Columns of the tables of a run that hold text; the others are numbers. */
const TEXTS = new Set(['namespace', 'name', 'owner', 'node', 'client', 'verb', 'resource', 'subresource', 'kind']);

/** A table as CSV: its file, and its text. */
export interface CsvTable {
  /** `pods.csv` */
  readonly path: string;
  readonly text: string;
}

/** The same tables as Parquet: `pods.parquet` of `pods.csv`; undefined where the optional package that writes it is not installed. */
export async function parquetFiles(tables: readonly CsvTable[]): Promise<readonly ResultFile[] | undefined> {
  const writer = await import('hyparquet-writer').catch(() => undefined);
  if (writer === undefined) return undefined;
  return tables.map(({ path, text }) => {
    const [head = [], ...rows] = csvRows(text);
    const columnData = head.map((name, column) => {
      if (TEXTS.has(name)) return { name, type: 'STRING' as const, data: rows.map((row) => row[column] ?? '') };
      const data = rows.map((row) => numberOf(row[column] ?? ''));
      return { name, type: 'DOUBLE' as const, data, nullable: true };
    });
    const content = new Uint8Array(writer.parquetWriteBuffer({ columnData }));
    return { path: path.replace(/\.csv$/, '.parquet'), content: [content] };
  });
}

/** What never happened has no number. */
function numberOf(field: string): number | null {
  return field === '' ? null : Number(field);
}
