import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { reportHtml } from '../../report/html/report-html.js';
import { markdownSummary } from '../../report/markdown-summary.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { readResult } from '../result-reader.js';

export interface ReportOptions {
  /** Result directories. */
  readonly runs: readonly string[];
  /** Print Markdown and write nothing. */
  readonly markdown: boolean;
}

/** `hubsim report RUN…`: makes report.html anew of what each directory holds. */
export async function report({ runs, markdown }: ReportOptions, io: Io): Promise<ExitCode> {
  const stored = runs.map((directory) => ({ directory, ...readResult(directory, io) }));
  for (const { directory, run, origin } of stored) {
    if (markdown) {
      io.out(markdownSummary(run.summary, origin));
      continue;
    }
    const file = join(directory, 'report.html');
    write(file, reportHtml(run, origin));
    io.out(`${file}\n`);
  }
  return EXIT.ok;
}

/** Beside the old one first: a report is there whole or as it was. */
function write(file: string, html: string): void {
  try {
    writeFileSync(`${file}.new`, html);
    renameSync(`${file}.new`, file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError(`cannot write ${file}: ${reason}`, { remedy: 'make the directory writable' });
  }
}
