import { expect, test } from 'vitest';
import { InputError } from '../../src/api/input-error.js';
import { examine, saysWhatToDo } from '../fuzz/fuzz.js';
import { examineImport } from '../fuzz/import-fuzz.js';

// The whole of 10,000 is `npm run fuzz`; each number is one mutant, here as there.
test('mutants of scenarios and manifests are refused with place and remedy, or run to their end', {
  timeout: 400_000,
}, () => {
  const verdicts = Array.from({ length: 150 }, (_, index) => examine(index + 1, () => 0));
  expect(verdicts.filter(({ problem }) => problem !== undefined)).toEqual([]);
  const outcomes = new Set(verdicts.map(({ outcome }) => outcome));
  expect([...outcomes].sort()).toEqual(['read', 'refused', 'run']);
});

test('a refusal that only says what is missing would be found', () => {
  expect(saysWhatToDo(new InputError('is missing', { path: 'spec' }))).toBe(false);
  expect(saysWhatToDo(new InputError('is missing', { path: 'spec', remedy: 'write spec: …' }))).toBe(true);
});

test('mutants of what others wrote are imported, or refused', () => {
  const verdicts = Array.from({ length: 100 }, (_, index) => examineImport(index + 1, () => 0));
  expect(verdicts.filter(({ problem }) => problem !== undefined)).toEqual([]);
});

test('a mutant whose image is larger than virtual time can count never has it', () => {
  expect(examine(940, () => 0)).toMatchObject({ file: 'image-garbage.yaml', problem: undefined });
});
