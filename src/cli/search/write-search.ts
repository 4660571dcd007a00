import type { SearchBase } from '../../experiment/prepare-search.js';
import type { ResultFile } from '../../report/result-files.js';
import type { SweepChart } from '../../report/sweep/chart-look.js';
import { programId } from '../program-id.js';
import { writeDirectory } from '../result-directory.js';

/** What the directory of a search may hold. */
export const SEARCH_FILES: ReadonlySet<string> = new Set(['search.json', 'search.html', 'charts']);

/** A search, finished. */
export interface SearchReport {
  readonly base: SearchBase;
  /** Of `search.json`. */
  readonly content: object;
  readonly answer: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly chart: SweepChart;
}

/** Writes `search.json`, and the chart as PNG and on a page. */
export async function writeSearch(directory: string, report: SearchReport, charts: boolean): Promise<void> {
  const files: ResultFile[] = [{ path: 'search.json', content: [`${JSON.stringify(report.content, undefined, 2)}\n`] }];
  if (charts) {
    const { escaped, page } = await import('../../report/sweep/page.js');
    const { sweepPngs } = await import('../../report/sweep/sweep-pngs.js');
    const { base, answer, head, rows, chart } = report;
    const cell = (tag: 'td' | 'th') => (text: string, index: number) => {
      const name = index === 0 ? 'th' : tag;
      return `<${name}>${escaped(text)}</${name}>`;
    };
    const html = page({
      title: `${base.name}: search`,
      question: base.question,
      answer,
      charts: [chart],
      tableTitle: 'The trail',
      head: head.map(cell('th')),
      rows: rows.map((row) => row.map(cell('td'))),
      note: `Runs of hubsim ${programId()}. ± is half a 95 % interval (Student).`,
    });
    files.push({ path: 'search.html', content: [html] }, ...(await sweepPngs([chart])));
  }
  writeDirectory(directory, files, SEARCH_FILES);
}
