import { describe, expect, test } from 'vitest';
import { NODE, POD } from '../../../src/api/kind.js';
import type { Node } from '../../../src/api/node.js';
import type { Pod } from '../../../src/api/pod.js';
import { ToldRun } from './told-run.js';

/** Of a kubelet that is told when its node is switched off. */
const GRACE = ', shutdownGracePeriod: 30s, shutdownGracePeriodCriticalPods: 10s';

/** Three pods on as many nodes, and a fourth node to spare; something happens to the first. */
function runWith(fault: string, kubelet = '', boot = '30s'): ToldRun {
  const size = 'capacity: { cpu: 110m, memory: 1Gi, pods: 5 }';
  return new ToldRun(`cluster:
  profile: ideal
  nodes: [ { count: 4, ${size} } ]
  kubelet: { model: kubelet, podStart: 1s, podStop: 1s, nodeBoot: ${boot}${kubelet} }
before: [ { cordon: node/node-0003 }, { apply: web.yaml }, { uncordon: node/node-0003 } ]
timeline: [ { at: 0s, fault: ${fault} } ]
stop: { when: converged, atMost: 1h }
`);
}

/** `second ready` of every change of the first node's Ready condition. */
function readiness(run: ToldRun): readonly string[] {
  const words: string[] = [];
  for (const { at, object } of run.told<Node>(NODE, 'node-0000'))
    if (words.at(-1)?.split(' ')[1] !== object.status.ready) words.push(`${Math.floor(at)} ${object.status.ready}`);
  return words;
}

/** The pods that have been on a node, each as it was last told of. */
function podsOn(run: ToldRun, node: string): readonly Pod[] {
  const pods = run.told<Pod>(POD).filter(({ object }) => object.spec.nodeName === node);
  return [...new Map(pods.map(({ object }) => [object.metadata.name, object])).values()];
}

describe('a node that reboots', () => {
  test('is back before anybody misses it, with the same pods and fresh containers', () => {
    const run = runWith('node-reboot, nodes: [node-0000]');
    expect(run.summary.end).toMatchObject({ reason: 'converged', findings: [] });
    expect(readiness(run)).toEqual(['30 True']);
    expect(podsOn(run, 'node-0000').map(({ status }) => [status.ready, status.restarts])).toEqual([[true, 1]]);
    expect(run.summary.pods).toMatchObject({ created: 0, deleted: 0 });
  });

  test('is given up after its boot has taken longer than the grace period, and keeps its pods if it is back in time', () => {
    const run = runWith('node-reboot, nodes: [node-0000]', '', '2m');
    expect(readiness(run).map((line) => line.split(' ')[1])).toEqual(['Unknown', 'True']);
    expect(readiness(run)[1]).toBe('120 True');
    expect(run.summary.pods.created).toBe(0);
    expect(podsOn(run, 'node-0000')[0]!.status).toMatchObject({ ready: true, restarts: 1 });
  });

  test('ends its pods before where its kubelet is told, so that they are replaced at once', () => {
    const run = runWith('node-reboot, nodes: [node-0000]', GRACE);
    // Half a minute of grace, whoever needs it, and half a minute to boot.
    expect(readiness(run)).toEqual(['0 False', '60 True']);
    expect(podsOn(run, 'node-0000').map(({ status }) => [status.phase, status.reason])).toEqual([
      ['Failed', 'Terminated'],
    ]);
    expect(run.summary.pods.created).toBe(1);
    expect(run.summary.pods.createdAt.p100).toBeLessThan(3);
  });
});

describe('a node that is cut off', () => {
  test('counts as lost, and runs what is replaced elsewhere until it hears of it', () => {
    const run = runWith('node-partition, nodes: [node-0000], for: 10m');
    expect(run.summary.end).toMatchObject({ reason: 'converged', findings: [] });
    expect(readiness(run).map((line) => line.split(' ')[1])).toEqual(['Unknown', 'True']);
    const { createdAt, goneAt } = run.summary.pods;
    expect(createdAt.p1! - run.summary.nodes.unknownAt.p1!).toBeCloseTo(300.1, 1);
    const [lost] = podsOn(run, 'node-0000');
    // Nothing on the node has ended before: no container was restarted, and nobody was told of an end.
    const words = run.told<Pod>(POD, lost!.metadata.name).filter(({ at }) => at < 600);
    expect(words.map(({ object }) => object.status.phase)).toEqual(words.map(() => 'Running'));
    expect(lost!.status.restarts).toBe(0);
    expect(goneAt.p100).toBeGreaterThan(601);
    expect(goneAt.p100).toBeLessThan(603);
  });

  test('is as it was when the way is open again before its pods are deleted', () => {
    const run = runWith('node-partition, nodes: [node-0000], for: 2m');
    expect(run.summary.end).toMatchObject({ reason: 'converged', findings: [] });
    expect(run.summary.pods).toMatchObject({ created: 0, deleted: 0 });
    expect(podsOn(run, 'node-0000')[0]!.status).toMatchObject({ ready: true, restarts: 0 });
    expect(run.told<Node>(NODE, 'node-0000').at(-1)!.object.spec.taints).toEqual([]);
  });
});

describe('a node that is switched off', () => {
  test('without a word is missed after the grace period, as one that crashes', () => {
    const run = runWith('node-shutdown, nodes: [node-0000], for: 2m');
    expect(readiness(run)[0]).toMatch(/^(4\d|5[0-5]) Unknown$/);
    expect(run.summary.pods.created).toBe(0);
  });

  test('in good order says so at once, and its pods are replaced before it is off', () => {
    const run = runWith('node-shutdown, nodes: [node-0000], for: 5m', GRACE);
    expect(readiness(run).map((line) => line.split(' ')[1])).toEqual(['False', 'Unknown', 'True']);
    const [first] = run.told<Node>(NODE, 'node-0000').filter(({ object }) => object.spec.taints.length > 0);
    expect(first!.object.spec.taints[0]).toMatchObject({ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' });
    expect(run.summary.pods.runningAt.p100).toBeLessThan(5);
  });
});

describe('a node that is slow', () => {
  const restart = (factor: number, forText: string, atText: string): readonly number[] => {
    const run = new ToldRun(`cluster:
  profile: ideal
  nodes: [ { count: 1 } ]
  kubelet: { model: kubelet, podStart: 2s, podStop: 3s }
before: [ { apply: web.yaml } ]
timeline:
  - { at: 0s, fault: node-slow, nodes: all, factor: ${factor}, for: ${forText} }
  - { at: ${atText}, rollout: restart, target: deployment/web }
stop: { when: converged, atMost: 1h }
`);
    const { boundToRunning, terminatingAt, goneAt } = run.summary.pods;
    return [boundToRunning.max!, goneAt.p100! - terminatingAt.p100!];
  };

  test('takes so many times longer to start and to end containers, and as long as ever afterwards', () => {
    // Up to a relist later than the container itself.
    const within = ([start, stop]: readonly number[], factor: number): void => {
      expect(start).toBeGreaterThanOrEqual(2 * factor);
      expect(start).toBeLessThanOrEqual(2 * factor + 1);
      expect(stop).toBeGreaterThanOrEqual(3 * factor);
      expect(stop).toBeLessThanOrEqual(3 * factor + 1);
    };
    within(restart(5, '5m', '0s'), 5);
    within(restart(5, '5m', '6m'), 1);
  });
});

describe('a kubelet that stands still', () => {
  test('is missed after the grace period and back when it goes on, and its containers run on all the while', () => {
    const run = runWith('kubelet-freeze, nodes: [node-0000], for: 3m');
    const [lost, back, ...more] = readiness(run).map((line) => line.split(' '));
    expect([lost![1], back!.join(' '), more]).toEqual(['Unknown', '180 True', []]);
    // nodeMonitorGracePeriod after the last renewal, seen at a look every 5 s.
    expect(Number(lost![0])).toBeGreaterThanOrEqual(40);
    expect(Number(lost![0])).toBeLessThan(56);
    expect(podsOn(run, 'node-0000').map(({ status }) => [status.ready, status.restarts])).toEqual([[true, 0]]);
    expect(run.summary.pods).toMatchObject({ created: 0, deleted: 0 });
  });

  test('that never goes on loses its pods as a node that is gone', () => {
    const run = runWith('kubelet-freeze, nodes: [node-0000]');
    expect(run.summary.pods.created).toBe(1);
    expect(readiness(run).map((line) => line.split(' ')[1])).toEqual(['Unknown']);
  });
});
