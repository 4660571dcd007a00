import { InputError } from '../api/input-error.js';
import { type CsvTable, parquetFiles } from '../report/parquet-files.js';
import type { ResultFile } from '../report/result-files.js';

/** Tables as Parquet. Throws InputError where that cannot be written. */
export async function parquetTables(tables: readonly CsvTable[]): Promise<readonly ResultFile[]> {
  const files = await parquetFiles(tables);
  if (files !== undefined) return files;
  throw new InputError('Parquet needs a package that is not installed', { remedy: 'npm install hyparquet-writer' });
}
