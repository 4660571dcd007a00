import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/loader.js';
import { besidePublished } from '../../../src/scenario/published.js';
import { simulate } from '../../../src/scenario/simulate.js';

const FOLDER = join(import.meta.dirname, '../../../scenarios/scheduler-perf');
const CASES = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));

describe('the cases after scheduler_perf', () => {
  test('are eight', () => expect(CASES).toHaveLength(8));

  test.each(CASES)('%s places what it should, and shows its pace beside the published one', (file) => {
    const scenario = loadScenario(join(FOLDER, file), { readFile: (path) => readFileSync(path, 'utf8') });
    const { summary } = simulate(scenario);
    expect(summary.expectations.filter(({ pass }) => !pass)).toEqual([]);
    const [published] = besidePublished(scenario.published, summary);
    expect(published!.source).toContain('scheduler_perf');
    expect(published!.own).toBeGreaterThan(0);
  });
});
