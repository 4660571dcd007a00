import type { RunResult } from '../measure/run-result.js';
import { auditLines } from '../report/audit-lines.js';
import { inPieces } from '../report/csv.js';
import { kubectlEvents } from '../report/kubectl-events.js';
import { type ResultFile, resultFiles } from '../report/result-files.js';
import type { FurtherFile } from './further-file.js';
import type { Io } from './io.js';
import { parquetTables } from './parquet-tables.js';

/** Makes them of a run in which they were recorded; says on standard error what found no room. */
export async function furtherFiles(
  result: RunResult,
  also: readonly FurtherFile[],
  io: Io,
): Promise<readonly ResultFile[]> {
  const { auditLog, eventLog, endNs } = result;
  const files: ResultFile[] = [];
  if (auditLog !== undefined) files.push({ path: 'audit.log', content: inPieces(auditLines(auditLog)) });
  if (eventLog !== undefined) files.push({ path: 'events.txt', content: inPieces(kubectlEvents(eventLog, endNs)) });
  if (also.includes('parquet')) {
    const tables = resultFiles(result).filter(({ path }) => path.endsWith('.csv'));
    const texts = tables.map(({ path, content }) => ({ path, text: [...content].join('') }));
    files.push(...(await parquetTables(texts)));
  }
  for (const [what, log] of [['requests', auditLog] as const, ['Events', eventLog] as const])
    if (log !== undefined && log.dropped > 0) io.err(`hubsim: ${log.dropped} ${what} found no room in the log\n`);
  return files;
}
