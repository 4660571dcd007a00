import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFailures, runDirectory } from './runner.js';
import { SUITES } from './suites/index.js';

describe('decisions of the real Kubernetes code', () => {
  const results = runDirectory(join(import.meta.dirname, 'vectors'), SUITES);
  for (const result of results.filter(({ answered }) => answered)) {
    it(`agrees with every case of ${result.name}`, () => {
      expect(describeFailures(result.failures)).toEqual([]);
      expect(result.passed + result.skipped).toBe(result.cases);
    });
  }
});
