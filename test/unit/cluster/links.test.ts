import { describe, expect, it } from 'vitest';
import { LinkWire } from '../../../src/cluster/link-wire.js';
import type { RunResult } from '../../../src/measure/run-result.js';
import { parseDistribution } from '../../../src/random/parse-distribution.js';
import { Streams } from '../../../src/random/streams.js';
import { parsePositiveDuration } from '../../../src/scenario/schema-values.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

const delayOf = (text: string) => parseDistribution(text, parsePositiveDuration);

/** Twelve pods more on two nodes, whose one container takes a second to start. */
function grown({ network = '', steps = '', later = '', cluster = '' }): RunResult {
  const scenario = `seed: 1
cluster:
  profile: ideal
  nodes: [{ count: 1, zone: near }, { count: 1, zone: far }]
  kubelet: { model: hollow, podStart: 1s, nodeStatus: false }
  network: { delay: 1ms${network} }
${cluster}before: [{ apply: web.yaml }]
timeline:
${steps}  - { at: 1s, scale: deployment/web, replicas: 15 }
${later}stop: { when: converged, atMost: 30m }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB }));
}

/** Seconds from being bound to being seen to run, for new pods of a node. */
function startTimes({ pods, timeZeroNs }: RunResult, node: string): number[] {
  const numbers = Array.from({ length: pods.count }, (_, pod) => pod);
  const found = numbers.filter((pod) => pods.node[pod] === node && pods.createdNs[pod]! > timeZeroNs);
  expect(found.length).toBeGreaterThan(3);
  return found.map((pod) => (pods.runningNs[pod]! - pods.boundNs[pod]!) / 1e9);
}

describe('one way of a wire', () => {
  const clock = { nowNs: 0 };
  const wire = (): LinkWire => {
    clock.nowNs = 0;
    return new LinkWire({ clock, streams: new Streams(1) }, 'a/b/out');
  };

  it('takes as long as elsewhere until something is said of it', () => {
    expect(wire().wayNs(5, 1000)).toBe(5);
  });

  it('lets nothing overtake what was sent before', () => {
    const one = wire();
    one.describe({ delay: delayOf('exponential(mean=1ms)') });
    const arrivals = Array.from({ length: 200 }, () => {
      clock.nowNs += 10_000;
      return clock.nowNs + one.wayNs(0, 0);
    });
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
    expect(new Set(arrivals).size).toBeGreaterThan(5);
  });

  it('takes its time for what is long, and the next waits for it', () => {
    const one = wire();
    one.describe({ delay: delayOf('2us'), bandwidth: 1e9 });
    expect(one.wayNs(7, 1000)).toBe(3000);
    expect(one.wayNs(7, 500)).toBe(3500);
    clock.nowNs = 10_000;
    expect(one.wayNs(7, 500)).toBe(2500);
  });

  it('is slower while a fault lasts, and draws the same for itself', () => {
    const [one, other] = [wire(), wire()];
    for (const each of [one, other]) each.describe({ delay: delayOf('uniform(min=1ms, max=2ms)') });
    const slow = { delay: delayOf('uniform(min=1s, max=2s)'), bandwidth: 1e6 };
    one.slow(slow);
    expect(one.wayNs(0, 0)).toBeGreaterThan(1e9);
    one.recover(slow);
    other.wayNs(0, 0);
    clock.nowNs = 5e9;
    expect(one.wayNs(0, 0)).toBe(other.wayNs(0, 0));
  });
});

describe('network.links', () => {
  it('lets pods of a far node run a round trip later', () => {
    const result = grown({ network: ', links: [{ from: node/node-0001, to: api-server, delay: 200ms }]' });
    // Binding and status take a way each; elsewhere 1 ms.
    for (const seconds of startTimes(result, 'node-0000')) expect(seconds).toBeCloseTo(1.002, 6);
    for (const seconds of startTimes(result, 'node-0001')) expect(seconds).toBeCloseTo(1.4, 6);
  });

  it('is of nodes that are named in any way', () => {
    for (const from of ['nodes', '{ zone: far }']) {
      const result = grown({ network: `, links: [{ from: ${from}, to: api-server, delay: 200ms }]` });
      for (const seconds of startTimes(result, 'node-0001')) expect(seconds).toBeCloseTo(1.4, 6);
    }
  });

  it('makes what is long take longer', () => {
    const slow = grown({ network: ', links: [{ from: scheduler, to: api-server, bandwidth: 100kbit }]' });
    const fast = grown({ network: ', links: [{ from: scheduler, to: api-server, bandwidth: 1Gbit }]' });
    expect(slow.summary.pods.createdToBound!.max!).toBeGreaterThan(fast.summary.pods.createdToBound!.max! + 0.5);
  });

  it('tells how far the server is from its etcd, and its members from each other', () => {
    const latency = (links: string, cluster = ''): number =>
      grown({ network: `, links: [${links}]`, cluster }).summary.hub.latency.mutating.p50!;
    expect(latency('{ from: api-server, to: etcd, delay: 10ms }')).toBeCloseTo(0.02, 2);
    const ha = '  etcd: { members: 3 }\n';
    const near = latency('{ from: etcd/0, to: etcd/1, delay: 1ms }', ha);
    const far = latency('{ from: etcd, to: etcd/0, delay: 40ms }', ha);
    expect(far - near).toBeGreaterThan(0.05);
  });

  it.each([
    ['{ from: scheduler, to: api-server }', 'this says nothing of the link'],
    ['{ from: scheduler, to: etcd, delay: 1ms }', 'nothing travels between scheduler and etcd'],
    ['{ from: api-server, to: etcd, bandwidth: 1Mbit }', 'the bytes between API servers and etcd are not counted'],
    ['{ from: scheduler/4, to: api-server, delay: 1ms }', 'there is no scheduler/4: it has 1 replica'],
    ['{ from: node/node-0009, to: api-server, delay: 1ms }', 'there is no node node-0009'],
    ['{ from: nodes, to: api-server, bandwidth: 10 }', 'bandwidth'],
    ['{ from: nodes, to: api-server, bandwidth: 0Mbit }', '"0Mbit" is no rate'],
  ])('tells of a mistake at its place: %s', (link, message) => {
    const text = mistake({
      'main.yaml': `cluster:\n  nodes: [{ count: 1 }]\n  network:\n    links:\n      - ${link}\n`,
    });
    expect(text).toContain(message);
    expect(text).toContain('main.yaml:5:');
  });
});

describe('fault: link-slow', () => {
  it('is over when it is over', () => {
    const steps = '  - { at: 0s, fault: link-slow, from: { zone: far }, to: api-server, delay: 3s, for: 20s }\n';
    const late = grown({ steps, later: '  - { at: 30s, scale: deployment/web, replicas: 30 }\n' });
    const seconds = startTimes(late, 'node-0001');
    expect(seconds[0]).toBeCloseTo(7.002, 6);
    expect(seconds.at(-1)).toBeCloseTo(1.002, 6);
  });

  it('holds up a controller manager that is cut short, and all is done once', () => {
    const steps =
      '  - { at: 0s, fault: link-slow, from: controller-manager, to: api-server, delay: 500ms, bandwidth: 1Mbit, for: 5s }\n';
    const { summary } = grown({ steps });
    expect(summary.end.reason).toBe('converged');
    expect(summary.pods.created).toBe(12);
    expect(summary.pods.createdAt!.p1).toBeGreaterThan(2);
  });

  it('refuses what is not there', () => {
    const steps = '  - { at: 0s, fault: link-slow, from: scheduler/3, to: api-server, delay: 1s }\n';
    expect(() => grown({ steps })).toThrow('there is no scheduler/3');
  });
});
