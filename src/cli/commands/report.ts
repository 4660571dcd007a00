import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { chromeTrace } from '../../report/chrome-trace.js';
import { inPieces } from '../../report/csv.js';
import { reportHtml } from '../../report/html/report-html.js';
import { markdownSummary } from '../../report/markdown-summary.js';
import { openMetrics } from '../../report/open-metrics.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { parquetTables } from '../parquet-tables.js';
import { readResult, readResultFile } from '../result-reader.js';

export interface ReportOptions {
  /** Result directories. */
  readonly runs: readonly string[];
  /** Print Markdown and write nothing. */
  readonly markdown: boolean;
  /** Write metrics.txt too. */
  readonly metrics: boolean;
  /** Write trace.json too. */
  readonly trace: boolean;
  /** Write the tables as Parquet too. */
  readonly parquet: boolean;
}

/** `hubsim report RUN…`: makes report.html anew of what each directory holds. */
export async function report({ runs, markdown, metrics, trace, parquet }: ReportOptions, io: Io): Promise<ExitCode> {
  const stored = runs.map((directory) => ({ directory, ...readResult(directory, io) }));
  for (const { directory, run, origin } of stored) {
    if (markdown) {
      io.out(markdownSummary(run.summary, origin));
      continue;
    }
    const files: [string, string | Uint8Array][] = [['report.html', reportHtml(run, origin)]];
    if (metrics) files.push(['metrics.txt', [...inPieces(openMetrics(run))].join('')]);
    if (trace) files.push(['trace.json', chromeTrace(run)]);
    if (parquet) files.push(...(await tablesOf(directory, io)));
    for (const [name, content] of files) {
      write(join(directory, name), content);
      io.out(`${join(directory, name)}\n`);
    }
  }
  return EXIT.ok;
}

async function tablesOf(directory: string, io: Io): Promise<[string, Uint8Array][]> {
  const paths = ['pods.csv', 'timeline.csv', 'requests.csv', 'workloads.csv'];
  const files = await parquetTables(paths.map((path) => ({ path, text: readResultFile(directory, path, io) })));
  return files.map(({ path, content }) => [path, [...content][0] as Uint8Array]);
}

/** Beside the old one first: a report is there whole or as it was. */
function write(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError(`cannot write ${file}: ${reason}`, { remedy: 'make the directory writable' });
  }
}
