import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CASES, replay } from '../docs/validation-page.js';

describe('against a real control plane', () => {
  test.each(readdirSync(CASES))('every rate of %s is as measured', async (name) => {
    const { code, cases } = await replay('rate', name);
    expect(cases.map((one) => [one.name, one.skipped])).toEqual([[name, undefined]]);
    const missed = cases.flatMap(({ comparisons }) => comparisons.filter(({ pass }) => !pass));
    expect(missed.map(({ figure, simulated }) => [figure.path, figure.median, simulated])).toEqual([]);
    expect(code).toBe(0);
  });
});
