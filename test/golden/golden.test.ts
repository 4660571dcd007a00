import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Audit } from '../../src/engine/index.js';
import { goldenFile, goldenRecord, runScenario, SCENARIOS } from './golden-record.js';

describe('the scenarios should not change except with an explained change of the model (npm run golden)', () => {
  test.each(SCENARIOS)(
    '%s comes to what it came to before and to what it expects, and every queue balances',
    (name) => {
      const audit = new Audit();
      const result = runScenario(name, { audit });
      expect(result.summary.expectations.filter(({ pass }) => !pass)).toEqual([]);
      expect(result.summary.expectations.length).toBeGreaterThan(0);
      expect(audit.verify()).toEqual([]);
      expect(goldenRecord(result)).toEqual(JSON.parse(readFileSync(goldenFile(name), 'utf8')));
    },
  );

  test('there is one golden file a scenario, and none without one', () => {
    const kept = readdirSync(new URL('data', import.meta.url)).map((file) => basename(file, '.json'));
    expect(kept.sort()).toEqual(SCENARIOS.map((name) => name.replaceAll('/', '-')).sort());
  });
});
