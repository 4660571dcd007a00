import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CASES, type ReplayedCase, replay, validationPage } from '../docs/validation-page.js';
import { KNOWN_MISSES, knownMiss } from './known-misses.js';

describe('against a real control plane', () => {
  const names = readdirSync(CASES).filter((name) => !name.endsWith('.md'));
  let replayed: readonly ReplayedCase[] = [];
  beforeAll(async () => {
    replayed = await replay();
  }, 400_000);

  test.each(names)('every rate of %s is as measured, or is known to miss', (name) => {
    const found = replayed.find((one) => one.name === name)!;
    expect(found.skipped).toBeUndefined();
    const missed = found.comparisons.filter(({ pass, figure }) => !pass && figure.kind === 'rate');
    expect(missed.map(({ figure }) => figure.path).filter((path) => knownMiss(name, path) === undefined)).toEqual([]);
  });

  test.each(KNOWN_MISSES)(
    '$cases still misses $figures.0: the list of what misses has no more than what does',
    (miss) => {
      const missed = replayed.flatMap(({ name, comparisons }) =>
        comparisons.filter(
          ({ pass, figure }) => !pass && figure.kind === 'rate' && knownMiss(name, figure.path) === miss,
        ),
      );
      expect(missed.length).toBeGreaterThan(0);
    },
  );

  test('docs/validation.md has what the cases come to (npm run docs)', () => {
    expect(readFileSync(join(CASES, '../../../docs/validation.md'), 'utf8')).toBe(validationPage(replayed));
  });
});
