import { describe, expect, test } from 'vitest';
import { ALIKE } from '../../../bench/bench-case.js';
import { allCases, nameOf } from '../../../bench/cases.js';
import { measure } from '../../../bench/measure.js';

describe('every bench case still runs, and all its contestants do the same work', () => {
  test.each(allCases(true).map((each) => [nameOf(each), each] as const))('%s', (_name, benchCase) => {
    const measurements = measure(benchCase, 1);
    expect(measurements.length).toBeGreaterThan(1);
    expect(new Set(measurements.map(({ hash }) => hash).filter((hash) => hash !== ALIKE)).size).toBe(1);
    for (const { nsPerOperation } of measurements) expect(nsPerOperation).toBeGreaterThan(0);
  });
});
