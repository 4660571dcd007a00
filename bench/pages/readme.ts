import type { Newest } from './newest.js';
import { readmeTable } from './performance-page.js';

const MARKED = /(<!-- speed -->\n).*?(\n<!-- \/speed -->)/s;

/** README.md with the table of speed between its marks. */
export function withReadmeTable(page: string, found: Newest): string {
  return page.replace(MARKED, (_, before: string, after: string) => `${before}${readmeTable(found)}${after}`);
}
