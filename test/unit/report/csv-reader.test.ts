import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText, inPieces } from '../../../src/report/csv.js';
import { csvRows } from '../../../src/report/csv-reader.js';
import { podsCsv } from '../../../src/report/pods-csv.js';
import { readPodRows } from '../../../src/report/pods-reader.js';
import { syntheticResult } from './synthetic.js';

const HOSTILE = [
  'a,b',
  'say "hi"',
  'two\nlines',
  'cr\r\nlf',
  '=cmd()',
  "'=cmd()",
  '-1',
  '"',
  '',
  ' x ',
  '\u202egnol',
  '＝1',
];

test('gives back whatever text was written', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', "'", '=', '+', '@', '\t', 'é', '＝') });
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
      const written = rows.map((row) => `${row.map(csvText).join(',')}\n`).join('');
      expect([...csvRows(written)]).toEqual(rows);
    }),
    { numRuns: 300, seed: 42 },
  );
});

test('a pods.csv with hostile names is read as it was', () => {
  const result = syntheticResult(HOSTILE.length);
  const pods = { ...result.pods, name: HOSTILE, owner: [...HOSTILE].reverse() };
  const read = readPodRows([...inPieces(podsCsv({ ...result, pods }))].join(''), result.timeZeroNs);
  expect(read.name).toEqual(HOSTILE);
  expect(read.owner).toEqual([...HOSTILE].reverse());
  expect([...read.boundNs]).toEqual([...result.pods.boundNs]);
});
