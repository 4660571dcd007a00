/** Writes what is generated in the documentation: `npm run docs`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { scenarioJsonSchemaText } from '../../src/scenario/json-schema.js';
import { WITH_FIGURES, withFigures } from './figures.js';
import { charts, timeless, withOutput } from './printed.js';
import { scenarioPage } from './scenario-page.js';
import { FOLLOWED, followed } from './session.js';
import { replay, validationPage } from './validation-page.js';

const TOP = new URL('../../', import.meta.url);

function write(file: string, content: string | Uint8Array): void {
  writeFileSync(new URL(file, TOP), content);
  console.log(file);
}

/** Writes a page anew unless all that would change is how long things took. */
async function rewrite(file: string, make: (page: string) => string | Promise<string>): Promise<void> {
  const before = readFileSync(new URL(file, TOP), 'utf8');
  const after = await make(before);
  if (timeless(after) !== timeless(before)) write(file, after);
}

mkdirSync(new URL('docs/images', TOP), { recursive: true });
mkdirSync(new URL('schema', TOP), { recursive: true });
write('schema/scenario.json', scenarioJsonSchemaText());
write('docs/scenario.md', scenarioPage());
write('docs/validation.md', validationPage(await replay()));
for (const [file, fromNothing] of Object.entries(FOLLOWED)) await rewrite(file, (page) => followed(page, fromNothing));
await rewrite('README.md', withOutput);
for (const file of WITH_FIGURES) await rewrite(file, withFigures);
const PICTURES: readonly [scenario: string, charts: readonly string[]][] = [
  ['rolling-update', ['pods', 'critical-path']],
  ['scale-up-1000', ['requests', 'latency', 'watch-lag-heatmap']],
];
for (const [scenario, names] of PICTURES)
  for (const [name, image] of await charts(scenario, names)) write(`docs/images/${scenario}-${name}.png`, image);
