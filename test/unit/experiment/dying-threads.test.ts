import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { RunRecord } from '../../../src/experiment/run-record.js';

const TOP = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'hubsim-dying-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Another way to end for each variant but the first. */
const SCENARIO = `
name: deadly
vars: { way: none }
cluster: { profile: ideal, nodes: [ { count: 1 } ] }
spokes: [ ./deadly.ts ]
timeline:
  - { at: 0s, apply: { apiVersion: v1, kind: ConfigMap, metadata: { name: way }, data: { to: "{{ way }}" } } }
vary: { vars.way: [none, exit, memory] }
`;
const SPOKE = `
import { defineSpoke, k8s } from 'hubsim';
export const deadly = defineSpoke({
  name: 'deadly',
  watches: [k8s.ConfigMap],
  *reconcile(key, client) {
    const way = client.cached(k8s.ConfigMap, key)?.data?.to;
    if (way === 'exit') process.exit(7);
    for (const kept: unknown[] = []; way === 'memory'; ) kept.push({ place: kept.length, text: String(kept.length) });
  },
});
`;

test('a run that ends its thread is reported, and costs no other run', () => {
  writeFileSync(join(folder, 'deadly.yaml'), SCENARIO);
  writeFileSync(join(folder, 'deadly.ts'), SPOKE);
  const out = join(folder, 'out');
  const words = ['sweep', join(folder, 'deadly.yaml'), '-r', '2', '--workers', '2', '--no-charts', '--out', out];
  const { status } = spawnSync(process.execPath, ['--max-old-space-size=120', 'dist/cli/main.js', ...words], {
    cwd: TOP,
  });
  expect(status).toBe(3);
  const records = readFileSync(join(out, 'runs.ndjson'), 'utf8').trimEnd().split('\n');
  const outcomes = records.map((line) => {
    const record = JSON.parse(line) as RunRecord;
    return record.status === 'failed' ? `${record.reason}: ${record.message}` : record.status;
  });
  expect(outcomes).toEqual([
    'done',
    expect.stringMatching(/^failure: .*called process\.exit\(7\)/),
    expect.stringMatching(/^lost: .*memory/),
    'done',
    expect.stringMatching(/^failure: .*called process\.exit\(7\)/),
    expect.stringMatching(/^lost: .*memory/),
  ]);
});
