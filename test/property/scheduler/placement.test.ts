import { describe, expect, test } from 'vitest';
import type { Node } from '../../../src/api/node.js';
import type { Pod } from '../../../src/api/pod.js';
import { Streams } from '../../../src/random/streams.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import { Search } from '../../../src/spokes/scheduler/search.js';
import { brokenRules, skewedBy } from './placement-checker.js';
import { RANDOM_LISTERS, RandomCluster } from './random-cluster.js';

const CLUSTERS = 80;
const PODS = 40;

/** A random cluster whose nodes stay as they are, with as many pods as fit; every placement is judged as it is made. */
function fill(seed: number): { readonly placed: ReadonlyMap<Pod, Node>; readonly broken: readonly string[] } {
  const streams = new Streams(seed);
  const random = new RandomCluster(streams.stream('cluster'));
  const table = new NodeTable();
  const nodes = Array.from({ length: 3 + (seed % 10) }, (_, index) => random.node(index));
  for (const node of nodes) table.setNode(node);
  const profile = new Profile('default-scheduler', defaultPlugins(table, true, RANDOM_LISTERS));
  const search = new Search(table, profile, 0, streams.stream('ties'));
  const placed = new Map<Pod, Node>();
  const broken: string[] = [];
  for (let i = 0; i < PODS; i++) {
    const pod = random.pod();
    const decision = search.find({ pod, kind: table.kinds.of(pod) });
    if (decision.node < 0) continue;
    const node = table.nodes[decision.node]!;
    broken.push(...skewedBy(pod, node, nodes, placed));
    placed.set(pod, node);
    table.place(pod, node.metadata.name);
  }
  return { placed, broken: [...broken, ...brokenRules(nodes, placed)] };
}

describe('what a scheduler has come to', () => {
  test('breaks no rule of resources, ports, anti-affinity or spreading, whatever the cluster', () => {
    let placed = 0;
    for (let seed = 0; seed < CLUSTERS; seed++) {
      const result = fill(seed);
      expect(result.broken).toEqual([]);
      placed += result.placed.size;
    }
    expect(placed).toBeGreaterThan(CLUSTERS * 10);
  });

  test('is judged by a checker that sees what is wrong', () => {
    const random = new RandomCluster(new Streams(3).stream('cluster'));
    const node = random.node(0);
    const pods = Array.from({ length: 150 }, () => random.pod());
    const placed = new Map(pods.map((pod) => [pod, node]));
    const broken = brokenRules([node], placed).join();
    for (const wrong of ['too much pods', 'too much cpu', 'is with', 'hold the same port'])
      expect(broken).toContain(wrong);
    const others = [random.node(1), random.node(2), random.node(3), random.node(4)];
    expect(pods.some((pod) => skewedBy(pod, node, [node, ...others], placed).length > 0)).toBe(true);
  });
});
