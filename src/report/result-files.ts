import type { RunResult } from '../measure/run-result.js';
import { criticalPathJson } from './critical-path-json.js';
import { inPieces } from './csv.js';
import { podsCsv } from './pods-csv.js';
import { requestsCsv } from './requests-csv.js';
import { schedulingNdjson } from './schedule-lines.js';
import { seriesJson } from './series-json.js';
import { summaryJson } from './summary-json.js';
import { timelineCsv } from './timeline-csv.js';
import { workloadsCsv } from './workloads-csv.js';

/** A file of a result directory: its path within, and its content in pieces. */
export interface ResultFile {
  readonly path: string;
  readonly content: Iterable<string | Uint8Array>;
}

/** The deterministic files of a run (design §7), written lazily. */
export function resultFiles(result: RunResult): readonly ResultFile[] {
  const files: ResultFile[] = [
    { path: 'summary.json', content: [summaryJson(result.summary)] },
    { path: 'pods.csv', content: inPieces(podsCsv(result)) },
    { path: 'timeline.csv', content: inPieces(timelineCsv(result)) },
    { path: 'requests.csv', content: inPieces(requestsCsv(result)) },
    { path: 'workloads.csv', content: inPieces(workloadsCsv(result)) },
    { path: 'series.json', content: [seriesJson(result)] },
  ];
  const { scheduling, criticalPath } = result;
  if (criticalPath !== undefined) files.push({ path: 'critical-path.json', content: [criticalPathJson(criticalPath)] });
  if (scheduling !== undefined) files.push({ path: 'scheduling.ndjson', content: inPieces(schedulingNdjson(result)) });
  return files;
}
