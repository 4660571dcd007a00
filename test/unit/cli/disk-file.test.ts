import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import { DiskFile } from '../../../src/cli/disk-file.js';

const folder = mkdtempSync(join(tmpdir(), 'hubsim-disk-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

function given(path: string): { readonly file: DiskFile; reads(): number } {
  let reads = 0;
  const file = new DiskFile(path, (path) => {
    reads++;
    return readFileSync(path, 'utf8');
  });
  return { file, reads: () => reads };
}

test('the lines of a file are read without its text, as often as they are asked for', () => {
  const path = join(folder, 'a.log');
  writeFileSync(path, 'one\ntwo\n');
  const { file, reads } = given(path);
  expect([...file.lines()]).toEqual(['one', 'two', '']);
  expect([...file.lines()]).toEqual(['one', 'two', '']);
  expect(reads()).toBe(0);
});

test('what can be read only once, as a pipe, is', () => {
  const { file, reads } = given('/dev/null');
  expect([...file.lines(), ...file.lines()]).toEqual(['', '']);
  expect(file.text).toBe('');
  expect(reads()).toBe(1);
});

test.each([
  ['nowhere.log', 'there is no file'],
  ['.', 'is a directory'],
])('%s is refused', (name, message) => {
  const lines = (): unknown => [...given(join(folder, name)).file.lines()];
  expect(lines).toThrow(InputError);
  expect(lines).toThrow(message);
});

test('an audit log may come through a pipe', () => {
  const words = 'cat test/fixtures/import/audit.log | node dist/cli/main.js import /dev/stdin --out';
  const told = execFileSync('sh', ['-c', `${words} ${join(folder, 'imported')}`], { encoding: 'utf8', stdio: 'pipe' });
  expect(told).toContain('scenario.yaml');
});
