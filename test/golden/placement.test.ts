import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as yaml from 'js-yaml';
import { expect, test } from 'vitest';
import { podsCsv } from '../../src/report/pods-csv.js';
import { runScenario } from './golden-record.js';

/** What one node has, or the pods on it ask for: thousandths of a core, mebibytes, pods. */
type Amounts = readonly [milliCpu: number, mebibytes: number, pods: number];

interface NodeManifest {
  readonly metadata: { readonly name: string };
  readonly status: { readonly allocatable: { readonly cpu: string; readonly memory: string; readonly pods: string } };
}

interface PodManifest {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly containers: readonly { readonly resources: { readonly requests: { cpu: string; memory: string } } }[];
  };
}

const DATA = join(import.meta.dirname, '../../scenarios/data/k8s-sims');

function manifests<T>(file: string): T[] {
  return yaml.loadAll(readFileSync(join(DATA, file), 'utf8')) as T[];
}

/** The data write every amount in one unit, so that the test needs no parser that it would have to trust. */
function amountIn(text: string, unit: string): number {
  expect(text.endsWith(unit)).toBe(true);
  return Number(text.slice(0, -unit.length));
}

test('no node of the trace holds more than it has: pods.csv against the manifests', () => {
  const room = new Map<string, Amounts>();
  for (const { metadata, status } of manifests<NodeManifest>('nodes-1200.yaml')) {
    const { cpu, memory, pods } = status.allocatable;
    room.set(metadata.name, [amountIn(cpu, 'm'), amountIn(memory, 'Mi'), Number(pods)]);
  }
  const asked = new Map<string, Amounts>();
  for (const { metadata, spec } of manifests<PodManifest>('pods-1200.yaml')) {
    const { cpu, memory } = spec.containers[0]!.resources.requests;
    asked.set(metadata.name, [amountIn(cpu, 'm'), amountIn(memory, 'Mi'), 1]);
  }
  const [, ...rows] = podsCsv(runScenario('k8s-sims-1200'));
  expect(rows).toHaveLength(asked.size);
  let placed = 0;
  for (const row of rows) {
    const [, name = '', , node = ''] = row.split(',');
    if (node === '') continue;
    const left = room.get(node)!.map((amount, index) => amount - asked.get(name)![index]!);
    room.set(node, left as unknown as Amounts);
    placed++;
  }
  expect(placed).toBeGreaterThan(7_040);
  expect([...room].filter(([, left]) => left.some((amount) => amount < 0))).toEqual([]);
});
