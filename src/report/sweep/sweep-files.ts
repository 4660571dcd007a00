import type { SweepIdentity } from '../../experiment/sweep.js';
import type { SweepResult } from '../../experiment/sweep-result.js';
import { inPieces } from '../csv.js';
import type { ResultFile } from '../result-files.js';
import { runsCsv } from './runs-csv.js';
import { sweepJson } from './sweep-json.js';
import { variantsCsv } from './variants-csv.js';

/** The deterministic files of a sweep, charts and Parquet apart. */
export function sweepFiles(result: SweepResult, identity: SweepIdentity): readonly ResultFile[] {
  return [
    { path: 'runs.ndjson', content: inPieces(result.records.map((record) => JSON.stringify(record))) },
    { path: 'runs.csv', content: inPieces(runsCsv(result)) },
    { path: 'variants.csv', content: inPieces(variantsCsv(result)) },
    { path: 'sweep.json', content: [sweepJson(result, identity)] },
  ];
}
