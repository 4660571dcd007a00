/** Keeps what the scenarios of the project come to now: `npm run golden`. Say in CHANGELOG.md why it changed. */
import { writeFileSync } from 'node:fs';
import { goldenFile, goldenRecord, runScenario, SCENARIOS } from './golden-record.js';

for (const name of SCENARIOS) {
  const record = goldenRecord(runScenario(name));
  writeFileSync(goldenFile(name), `${JSON.stringify(record, undefined, 2)}\n`);
  console.log(`${record.fingerprint}  ${name}`);
}
