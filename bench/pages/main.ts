/** Writes what is told about speed from what was measured: `npm run performance`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readRecords } from '../../src/cli/bench/bench-record.js';
import { createRenderer } from '../../src/report/charts/renderer.js';
import { figures } from './figures.js';
import { newest } from './newest.js';
import { performancePage } from './performance-page.js';
import { withReadmeTable } from './readme.js';

const found = newest(readRecords('results/bench.ndjson'));
writeFileSync('docs/performance.md', performancePage(found));
writeFileSync('README.md', withReadmeTable(readFileSync('README.md', 'utf8'), found));
const render = await createRenderer();
for (const { file, configuration } of figures(found)) writeFileSync(`results/${file}`, await render(configuration));
