import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { goldenFile, goldenRecord, runScenario, SCENARIOS } from './golden-record.js';

describe('the scenarios should not change except with an explained change of the model (npm run golden)', () => {
  test.each(SCENARIOS)('%s comes to what it came to before, and to what it expects', (name) => {
    const result = runScenario(name);
    expect(result.summary.expectations.filter(({ pass }) => !pass)).toEqual([]);
    expect(result.summary.expectations.length).toBeGreaterThan(0);
    expect(goldenRecord(result)).toEqual(JSON.parse(readFileSync(goldenFile(name), 'utf8')));
  });

  test('there is one golden file a scenario, and none without one', () => {
    const kept = readdirSync(new URL('data', import.meta.url)).map((file) => basename(file, '.json'));
    expect(kept.sort()).toEqual(SCENARIOS.map((name) => name.replaceAll('/', '-')).sort());
  });
});
