import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program.js';
import type { Summary } from '../../../src/measure/summary.js';
import { FakeIo } from './fake-io.js';

/** Three small nodes; at 0 s five small pods and one too big for any of them; at 20 s a node that is big enough. */
const SCENARIO = `
name: latecomer
cluster:
  nodes: [ { count: 3, capacity: { cpu: 2, memory: 8Gi, pods: 110 } } ]
  kubelet: { model: hollow, podStart: 0s }
timeline:
  - { at: 0s, apply: pods.yaml }
  - { at: 20s, apply: node.yaml }
`;
const pod = (name: string, cpu: string, namespace = 'default'): string =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${namespace} }, spec: { containers: [ { name: c, image: i, resources: { requests: { cpu: ${cpu} } } } ] } }\n`;
const PODS = [pod('small-0', '100m'), pod('small-1', '100m'), pod('small-0', '100m', 'other'), pod('big', '3')].join(
  '---\n',
);
const NODE = `
apiVersion: v1
kind: Node
metadata: { name: node-big }
status:
  capacity: { cpu: 4, memory: 8Gi, pods: 110 }
  conditions: [ { type: Ready, status: "True" } ]
`;

let root: string;

async function hubsim(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new FakeIo();
  const code = await runProgram(words, io);
  return { code, out: io.outText, err: io.errText };
}

const scenario = (): string => join(root, 'latecomer.yaml');
const recorded = (): string => join(root, 'recorded');
const plain = (): string => join(root, 'plain');
const summaryOf = (run: string): Summary => JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as Summary;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'hubsim-test-'));
  writeFileSync(scenario(), SCENARIO);
  writeFileSync(join(root, 'pods.yaml'), PODS);
  writeFileSync(join(root, 'node.yaml'), NODE);
  expect((await hubsim('run', scenario(), '--no-charts', '-q', '--explain', '-o', recorded())).code).toBe(0);
  expect((await hubsim('run', scenario(), '--no-charts', '-q', '-o', plain())).code).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('hubsim explain', () => {
  test('tells of a rejected pod why, in the words of Kubernetes, and what woke it', async () => {
    const { code, out, err } = await hubsim('explain', recorded(), 'pod/big');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^pod default\/big: on node-big, 20 s after its creation\n/);
    expect(out).toContain('attempt 1: none of 3 nodes fits');
    expect(out).toContain('3 of 3 rejected by NodeResourcesFit: Insufficient cpu');
    expect(out).toContain('failed: 0/3 nodes are available: 3 Insufficient cpu. preemption: ');
    expect(out).toContain('set aside until an event may help');
    expect(out).toContain('queued: NodeAdd of node-big');
    expect(out).toContain('attempt 2: takes node-big, the only node in question');
    expect(out).toMatch(/20 s for an event that may help: NodeAdd of node-big/);
  });

  test('gives the scores of every plugin, the chosen node first', async () => {
    const { out } = await hubsim('explain', recorded(), 'pod/small-1');
    const rows = out.split('\n').filter((line) => /^ +(node|node-\d+) /.test(line));
    expect(rows[0]).toMatch(/node +total +TaintToleration×3 +NodeResourcesFit×1/);
    expect(rows).toHaveLength(4);
    const chosen = /on (node-\d+),/.exec(out)![1]!;
    expect(rows[1]!.trim().startsWith(chosen)).toBe(true);
    const totals = rows.slice(1).map((row) => Number(row.trim().split(/ +/)[1]));
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
  });

  test('adds up what the pod waited for to the time from creation to the answer of its binding', async () => {
    const { out } = await hubsim('explain', recorded(), 'pod/big', '--json');
    const { pod, lines, waits } = JSON.parse(out) as {
      pod: { created: number };
      lines: { at: number }[];
      waits: { seconds: number }[];
    };
    const sum = waits.reduce((seconds, wait) => seconds + wait.seconds, 0);
    expect(sum).toBeCloseTo(lines.at(-1)!.at - pod.created, 9);
  });

  test('runs the scenario again where there is no record, and says the same', async () => {
    const again = await hubsim('explain', plain(), 'pod/big');
    expect(again.err).toContain(`running ${scenario()} again to record default/big`);
    expect(again.out).toBe((await hubsim('explain', recorded(), 'pod/big')).out);
  });

  test('leaves the run as it is without', () => {
    expect(summaryOf(recorded())).toEqual(summaryOf(plain()));
  });

  test('refuses to explain a result by a scenario that has changed since', async () => {
    writeFileSync(join(root, 'pods.yaml'), PODS.replace('100m', '200m'));
    writeFileSync(scenario(), SCENARIO.replace('count: 3', 'count: 4'));
    const { code, err } = await hubsim('explain', plain(), 'pod/big');
    writeFileSync(join(root, 'pods.yaml'), PODS);
    writeFileSync(scenario(), SCENARIO);
    expect(code).toBe(2);
    expect(err).toContain('something in it has changed since; run it again: hubsim run');
  });

  test('suggests the pod that was meant, or the namespaces that have one', async () => {
    const missing = await hubsim('explain', recorded(), 'pod/smal-1');
    expect([missing.code, missing.err]).toEqual([2, 'hubsim: the run had no pod smal-1; did you mean "small-1"?\n']);
    const twice = await hubsim('explain', recorded(), 'pod/small-0');
    expect(twice.err).toContain('pod small-0 is in several namespaces; add --namespace, one of default, other');
    expect((await hubsim('explain', recorded(), 'pod/small-0', '-n', 'other')).out).toContain('pod other/small-0: on ');
    expect((await hubsim('explain', recorded(), 'deployment/web')).err).toContain('only pods can be explained');
    expect((await hubsim('explain', root, 'pod/big')).err).toContain('is not the result of a run: it has no pods.csv');
  });
});
