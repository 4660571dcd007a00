import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { chartFiles } from '../../report/charts/chart-files.js';
import { chromeTrace } from '../../report/chrome-trace.js';
import { inPieces } from '../../report/csv.js';
import { reportHtml } from '../../report/html/report-html.js';
import { markdownSummary } from '../../report/markdown-summary.js';
import { openMetrics } from '../../report/open-metrics.js';
import type { ChartChoice } from '../chart-choice.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { parquetTables } from '../parquet-tables.js';
import { readResult, readResultFile, type StoredRun } from '../result-reader.js';

/** A chart that is there when all are. */
const FURTHER_CHART = 'cpu.png';

export interface ReportOptions {
  /** Result directories. */
  readonly runs: readonly string[];
  /** Which charts to draw. @default those that are there, and at least the main ones */
  readonly charts: ChartChoice | undefined;
  /** Print Markdown and write nothing. */
  readonly markdown: boolean;
  /** Write metrics.txt too. */
  readonly metrics: boolean;
  /** Write trace.json too. */
  readonly trace: boolean;
  /** Write the tables as Parquet too. */
  readonly parquet: boolean;
}

/** `hubsim report RUN…`: makes report.html and the charts anew of what each directory holds. */
export async function report(options: ReportOptions, io: Io): Promise<ExitCode> {
  const stored = options.runs.map((directory) => ({ directory, ...readResult(directory, io) }));
  for (const one of stored) {
    if (options.markdown) {
      io.out(markdownSummary(one.run.summary, one.origin));
      continue;
    }
    for (const [name, content] of await filesOf(one, options, io)) {
      write(join(one.directory, name), content);
      io.out(`${join(one.directory, name)}\n`);
    }
  }
  return EXIT.ok;
}

type NamedFile = readonly [name: string, content: string | Uint8Array];

async function filesOf(
  { directory, run, origin, charted }: StoredRun & { directory: string },
  { charts, metrics, trace, parquet }: ReportOptions,
  io: Io,
): Promise<NamedFile[]> {
  const files: NamedFile[] = [['report.html', reportHtml(run, origin)]];
  const choice = charts ?? (existsSync(join(directory, 'charts', FURTHER_CHART)) ? 'all' : 'main');
  if (choice !== 'none') {
    const drawn = await chartFiles(charted(), choice === 'all');
    files.push(...drawn.map(({ path, content }) => [path, [...content][0] as Uint8Array] as const));
  }
  if (metrics) files.push(['metrics.txt', [...inPieces(openMetrics(run))].join('')]);
  if (trace) files.push(['trace.json', chromeTrace(run)]);
  if (parquet) files.push(...(await tablesOf(directory, io)));
  return files;
}

async function tablesOf(directory: string, io: Io): Promise<NamedFile[]> {
  const paths = ['pods.csv', 'timeline.csv', 'requests.csv', 'workloads.csv'];
  const files = await parquetTables(paths.map((path) => ({ path, text: readResultFile(directory, path, io) })));
  return files.map(({ path, content }) => [path, [...content][0] as Uint8Array]);
}

/** Beside the old one first: a report is there whole or as it was. */
function write(file: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError(`cannot write ${file}: ${reason}`, { remedy: 'make the directory writable' });
  }
}
