import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { linesOfFile } from '../../../src/cli/lines-of-file.js';

const folder = mkdtempSync(join(tmpdir(), 'hubsim-lines-'));
const file = join(folder, 'a.log');
afterAll(() => rmSync(folder, { recursive: true }));

/** More than is read at once. */
const LONG = 'é'.repeat(700_001);

describe('the lines of a file', () => {
  test.each([
    ['nothing', ''],
    ['a line that ends', 'one\n'],
    ['a line that does not', 'one\ntwo'],
    ['empty lines', '\n\none\n\n'],
    ['a line longer than a piece, with letters of two bytes', `x${LONG}\n${LONG}${LONG}\nend`],
    ['many lines', Array.from({ length: 200_000 }, (_, line) => `${line}: ü`).join('\n')],
    ['a letter that is cut off', Buffer.from('one\ntwo é').subarray(0, -1)],
  ])('are those of its text: %s', (_, text) => {
    writeFileSync(file, text);
    expect([...linesOfFile(file)]).toEqual(readFileSync(file, 'utf8').split('\n'));
  });

  test('can be left before the end', () => {
    writeFileSync(file, `one\n${LONG}`);
    const [first] = linesOfFile(file);
    expect(first).toBe('one');
  });
});
