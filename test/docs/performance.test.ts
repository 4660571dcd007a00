import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newest } from '../../bench/pages/newest.js';
import { performancePage } from '../../bench/pages/performance-page.js';
import { withReadmeTable } from '../../bench/pages/readme.js';
import { readRecords } from '../../src/cli/bench/bench-record.js';
import { WHOLE_RUNS } from '../../src/cli/bench/whole-run.js';

const TOP = join(import.meta.dirname, '../..');
const found = newest(readRecords(join(TOP, 'results/bench.ndjson')));
const textOf = (file: string): string => readFileSync(join(TOP, file), 'utf8');

test('docs/performance.md and README.md tell what was measured (npm run performance)', () => {
  expect(textOf('docs/performance.md')).toBe(performancePage(found));
  expect(textOf('README.md')).toBe(withReadmeTable(textOf('README.md'), found));
  expect(textOf('README.md')).toContain('k8s-sims-1200 |');
});

test('every whole run was measured', () => {
  expect(WHOLE_RUNS.filter(({ name }) => !found.runs.has(name))).toEqual([]);
});
