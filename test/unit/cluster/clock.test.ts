import { describe, expect, it } from 'vitest';
import { NODE } from '../../../src/api/kind.js';
import type { Node } from '../../../src/api/node.js';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';
import { ToldRun } from '../scenario/told-run.js';

const CAREFUL = WEB.replace('replicas: 3', 'replicas: 4\n  minReadySeconds: 10');

function scenario(fault: string, cluster = ''): string {
  return `cluster: { nodes: [ { count: 3 } ], kubelet: { podStart: 1s }${cluster} }
timeline:
  - { at: 60s, fault: clock, ${fault} }
  - { at: 61s, apply: web.yaml }
stop: { when: converged, atMost: 30m }
`;
}

function told(fault: string, cluster = ''): Summary {
  return simulate(load({ 'main.yaml': scenario(fault, cluster), 'web.yaml': CAREFUL })).summary;
}

/** When all replicas were available, seconds after the order. */
function available({ convergence }: Summary): number {
  return convergence.workloads.find(({ kind }) => kind === 'Deployment')!.changes.at(-1)!.seconds!;
}

const RIGHT = available(told('nodes: all, skew: 1ns'));

describe('the clock of a node', () => {
  it('that is ahead makes its pods available later, by as much, and its leases are news as ever', () => {
    const ahead = told('nodes: [node-0001], skew: 2m');
    expect(available(ahead)).toBeCloseTo(RIGHT + 120, 0);
    expect(ahead.nodes.unknownAt.p100).toBeNull();
  });

  it('that is behind makes them available at once, and nobody misses a node for less than the grace period', () => {
    const behind = told('nodes: all, skew: -30s');
    expect(available(behind)).toBeLessThan(RIGHT - 9);
    expect(behind.nodes.unknownAt.p100).toBeNull();
  });

  it('that is set back has it taken for lost once, until its kubelet says otherwise', () => {
    const run = new ToldRun(scenario('nodes: [node-0001], skew: -10m'));
    const states = run.told<Node>(NODE, 'node-0001').map(({ at, object }) => [at, object.status.ready] as const);
    const lost = states.filter(([, ready]) => ready === 'Unknown').map(([at]) => at);
    const [back] = states.filter(([at, ready]) => at > lost[0]! && ready === 'True').map(([at]) => at);
    // nodeMonitorGracePeriod is 50 s, looked at every 5 s, and the last renewal up to 10 s ago.
    expect(lost[0]!).toBeGreaterThan(100);
    expect(lost[0]!).toBeLessThan(116);
    // nodeStatusUpdateFrequency is 10 s.
    expect(back! - lost.at(-1)!).toBeGreaterThan(0);
    expect(back! - lost.at(-1)!).toBeLessThan(10.1);
    expect(run.summary.end.reason).toBe('converged');
    expect(run.summary.pods.deleted).toBe(0);
  });

  it('that is right again before it has stamped anything leaves nothing behind', () => {
    const { convergence, nodes, end } = told('nodes: [node-0002], skew: 5m, for: 1ms');
    expect(nodes.unknownAt.p100).toBeNull();
    expect(convergence.seconds).toBeLessThan(RIGHT + 2);
    expect(end.virtualSeconds).toBeLessThan(80);
  });
});

describe('the clock of a process', () => {
  it('of the controller manager decides how long minReadySeconds last', () => {
    expect(available(told('target: controller-manager/0, skew: 10m'))).toBeLessThan(RIGHT - 9);
    expect(available(told('target: controller-manager/0, skew: -1m'))).toBeCloseTo(RIGHT + 60, 0);
  });

  it('stays as it is when the process is killed', () => {
    const kill = '  - { at: 60500ms, fault: kill, target: controller-manager/0, for: 100ms }\n';
    const killed = (fault: string): number => {
      const text = scenario(fault).replace('  - { at: 61s', `${kill}  - { at: 61s`);
      return available(simulate(load({ 'main.yaml': text, 'web.yaml': CAREFUL })).summary);
    };
    const later = killed('target: scheduler/0, skew: 10m');
    expect(killed('target: controller-manager/0, skew: 10m')).toBeLessThan(later - 9);
  });

  it.each(['scheduler/leader', 'api-server/0', 'etcd/leader'])('of %s changes nothing, no lease either', (target) => {
    const more = ', scheduler: { replicas: 2 }, controllerManager: { replicas: 2 }, etcd: { members: 3 }';
    const right = told('nodes: all, skew: 1ns', more);
    const { convergence, etcd } = told(`target: ${target}, skew: 1h`, more);
    expect(convergence.seconds).toBeCloseTo(right.convergence.seconds!, 6);
    expect(etcd.leaderChanges).toBe(0);
  });
});

it.each([
  ['nodes: all, skew: 0s', 'timeline[0].skew: 0s is the true time; write a skew such as 5m or -5m'],
  ['nodes: all, skew: fast', 'timeline[0].skew: "fast" is not a duration'],
  ['skew: 5m', 'timeline[0].fault: whose clock is not said; write nodes: [node-0001], or target: scheduler/0'],
  ['nodes: all, target: etcd/0, skew: 5m', 'timeline[0].nodes: a clock is that of nodes or of a process; leave'],
])('a clock is refused with its place: %s', (fault, message) => {
  expect(mistake({ 'main.yaml': scenario(fault), 'web.yaml': WEB })).toContain(message);
});
