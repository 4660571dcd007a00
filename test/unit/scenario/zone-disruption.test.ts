import { describe, expect, test } from 'vitest';
import { NODE } from '../../../src/api/kind.js';
import type { Node } from '../../../src/api/node.js';
import { ToldRun } from './told-run.js';

/** Nodes in two zones, of which some go dark. */
function outage(inA: number, inB: number, steps: string, atMost: string): ToldRun {
  return new ToldRun(`cluster:
  profile: ideal
  nodes: [ { count: ${inA}, zone: a }, { count: ${inB}, zone: b } ]
  kubelet: { model: hollow, nodeStatus: false }
timeline: [ ${steps} ]
stop: { when: horizon, atMost: ${atMost} }
`);
}

const names = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `node-${String(from + i).padStart(4, '0')}`).join(', ');
const dark = (from: number, count: number, forText = ''): string =>
  `{ at: 0s, fault: node-crash, nodes: [${names(from, count)}]${forText} }`;

const isTainted = (node: Node): boolean =>
  node.spec.taints.some(({ key, effect }) => key === 'node.kubernetes.io/unreachable' && effect === 'NoExecute');

/** Seconds at which nodes came to have the NoExecute taint, in order. */
function taintedAt(run: ToldRun): readonly number[] {
  const first = new Map<string, number>();
  for (const { at, object } of run.told<Node>(NODE))
    if (isTainted(object) && !first.has(object.metadata.name)) first.set(object.metadata.name, at);
  return [...first.values()];
}

/** Nodes that have the taint in the end. */
function taintedLast(run: ToldRun): number {
  const last = new Map(run.told<Node>(NODE).map(({ object }) => [object.metadata.name, object]));
  return [...last.values()].filter(isTainted).length;
}

const gaps = (times: readonly number[]): readonly number[] => times.slice(1).map((at, i) => Math.round(at - times[i]!));

describe('a zone of which more than 55 % of the nodes are lost', () => {
  test('is evicted from at a node every 100 s when it is large', () => {
    // 60 of 80 nodes; the first go while the zone still counts as normal.
    const times = taintedAt(outage(80, 3, dark(0, 60), '8m'));
    expect(gaps(times).slice(1)).toEqual(
      gaps(times)
        .slice(1)
        .map(() => 100),
    );
    expect(times.length).toBeGreaterThanOrEqual(4);
    expect(times.length).toBeLessThanOrEqual(6);
  });

  test('is not evicted from when it has no more than 50 nodes', () => {
    // The first to be missed may be tainted while the zone still counts as normal.
    expect(taintedAt(outage(50, 3, dark(0, 40), '8m')).length).toBeLessThanOrEqual(2);
  });

  test('is as ever with 55 % less one node', () => {
    const times = taintedAt(outage(20, 3, dark(0, 10), '4m'));
    expect(times).toHaveLength(10);
    expect(gaps(times)).toEqual(Array(9).fill(10));
  });

  test('is no case of two lost nodes, however small the zone', () => {
    expect(taintedAt(outage(3, 3, dark(0, 2), '3m'))).toHaveLength(2);
  });
});

describe('a zone without a ready node', () => {
  test('is evicted from at a node every 10 s while others are well', () => {
    const times = taintedAt(outage(8, 3, dark(0, 8), '4m'));
    expect(times).toHaveLength(8);
    expect(gaps(times)).toEqual(Array(7).fill(10));
  });

  test('does not slow down another zone that loses a node', () => {
    const run = outage(8, 6, `${dark(0, 8)}, ${dark(8, 1)}`, '3m');
    const story = run.told<Node>(NODE, 'node-0008');
    const missed = story.find(({ object }) => object.status.ready === 'Unknown')!;
    // The next look of the tainter, which comes every 100 ms; eight nodes of the other zone wait for theirs.
    expect(story.find(({ object }) => isTainted(object))!.at - missed.at).toBeLessThan(0.2);
    expect(taintedAt(run)).toHaveLength(9);
  });

  test('is left alone when no zone is well, and what was tainted is so no longer', () => {
    const run = outage(6, 4, dark(0, 10), '5m');
    expect(run.summary.nodes.unknownAt.p100).toBeLessThan(60);
    expect(taintedLast(run)).toBe(0);
  });

  test('gives everybody a new grace period when the first node is back', () => {
    // All are dark, and only zone b comes back: zone a is missed 50 s after that, not at once.
    const run = outage(6, 4, `${dark(0, 6)}, ${dark(6, 4, ', for: 200s')}`, '8m');
    const times = taintedAt(run).filter((at) => at > 100);
    expect(times[0]).toBeGreaterThan(200);
    expect(taintedLast(run)).toBe(6);
    expect(Math.min(...gaps(times))).toBe(10);
  });
});
