import { expect, test } from 'vitest';
import { compileSelector } from '../../../src/api/label-selector.js';
import { wantedLabels } from '../../../src/api/wanted-labels.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import { samplePod } from '../controllers/sample-pod.js';

const web = samplePod('web', { meta: { labels: { app: 'web' } } });
const db = samplePod('db', { meta: { labels: { app: 'db' } } });
const selector = compileSelector({ matchLabels: { app: 'web' } });
const ofWeb = { counts: () => true, wanted: wantedLabels(['default'], selector) };

test('a tally counts pods that came before it and after it, of the kinds that have what it wants', () => {
  const table = new NodeTable();
  table.place(web, 'a');
  table.place(db, 'a');
  const tally = table.tally('web', ofWeb);
  const placed = table.place(web, 'b');
  table.place(db, 'b');
  expect([tally.total, tally.perNode.of(0), tally.perNode.of(1)]).toEqual([2, 1, 1]);
  table.remove(placed);
  table.recount();
  expect([tally.total, tally.perNode.of(0), tally.perNode.of(1)]).toEqual([1, 1, 0]);
});

test('a mark counts once, whichever profiles set it, before the tally that wants it or after', () => {
  const table = new NodeTable();
  const { kind } = table.place(web, 'a');
  table.mark(kind, 'held');
  const tally = table.tally('holders', { counts: () => true, wanted: [['held']] });
  const later = table.place(db, 'b').kind;
  for (let profile = 0; profile < 2; profile++) {
    table.mark(kind, 'held');
    table.mark(later, 'held');
  }
  table.place(db, 'b');
  expect([tally.total, tally.perNode.of(0), tally.perNode.of(1)]).toEqual([3, 1, 2]);
  table.recount();
  expect([tally.total, tally.perNode.of(0), tally.perNode.of(1)]).toEqual([3, 1, 2]);
});
