/** Writes what is generated in the documentation: `npm run docs`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chart, withOutput } from './printed.js';
import { scenarioPage } from './scenario-page.js';
import { validationPage } from './validation-page.js';

const TOP = new URL('../../', import.meta.url);

function write(file: string, content: string | Uint8Array): void {
  writeFileSync(new URL(file, TOP), content);
  console.log(file);
}

mkdirSync(new URL('docs/images', TOP), { recursive: true });
write('docs/scenario.md', scenarioPage());
write('docs/validation.md', await validationPage());
write('README.md', withOutput(readFileSync(new URL('README.md', TOP), 'utf8')));
write('docs/images/rolling-update-pods.png', await chart('rolling-update', 'pods.png'));
write('docs/images/scale-up-1000-requests.png', await chart('scale-up-1000', 'requests.png'));
