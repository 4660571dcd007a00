import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

/** Somebody changes ConfigMaps that two watchers watch, and a Deployment grows. */
function run({ links = '', steps = '', cluster = '', seconds = 120 }): RunResult {
  const scenario = `seed: 1
cluster:
  profile: ideal
  nodes: [{ count: 1 }]
  kubelet: { model: hollow, nodeStatus: false }
  network: { delay: 10ms, links: [${links}] }
  watchers: [{ count: 2, resource: configmaps }, { count: 1, resource: configmaps }]
${cluster}before: [{ apply: web.yaml }]
timeline:
  - { at: 0s, load: closed, clients: 1, verb: patch, resource: configmaps, objects: 1, bytes: 1000, for: ${seconds}s }
  - { at: 0s, load: open, rate: 5, verb: get, resource: leases, objects: 1, for: ${seconds}s }
${steps}  - { at: 2s, scale: deployment/web, replicas: 15 }
stop: { when: horizon, atMost: ${seconds + 30}s }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB }));
}

const createdAt = ({ summary }: RunResult): number => summary.pods.createdAt!.p1!;
const patches = ({ summary }: RunResult): number =>
  summary.hub.byRequest
    .filter((row) => row.client === 'load' && row.verb === 'patch' && row.code === 200)
    .reduce((sum, { count }) => sum + count, 0);
const heard = ({ summary }: RunResult): number =>
  summary.hub.watchers.filter(({ client }) => client === 'watchers').reduce((sum, { events }) => sum + events, 0);

describe('network.links of clients outside', () => {
  it('lets what users order come later', () => {
    const near = createdAt(run({ seconds: 5 }));
    const far = createdAt(run({ seconds: 5, links: '{ from: kubectl, to: api-server, delay: 120ms }' }));
    expect(far - near).toBeCloseTo(0.11, 6);
  });

  it('makes requests of all loads, or of one, take a round trip', () => {
    const seen = (links: string) => run({ seconds: 5, links }).summary.hub.load.latency;
    expect(seen('{ from: load, to: api-server, delay: 120ms }').p50).toBeCloseTo(0.24, 6);
    const one = seen('{ from: load/1, to: api-server, delay: 120ms }');
    expect([one.p50, one.max]).toEqual([expect.closeTo(0.02, 6), expect.closeTo(0.24, 6)]);
    expect(seen('').max).toBeCloseTo(0.02, 6);
  });

  it('makes watchers hear late, the more their line is too thin', () => {
    const lag = (links: string): number => run({ seconds: 5, links }).summary.hub.watchLag.max!;
    expect(lag('{ from: watchers/1, to: api-server, delay: 300ms }')).toBeCloseTo(0.3, 6);
    expect(lag('{ from: watchers, to: api-server, bandwidth: 400kbit }')).toBeGreaterThan(3);
  });

  it('makes slow watchers of them, which are closed: what their kernel does not take waits in their buffers', () => {
    const watching = (bandwidth: string) =>
      simulate(
        load({
          'main.yaml': `cluster:
  profile: ideal
  nodes: [{ count: 0 }]
  network: { delay: 10ms, links: [{ from: watchers/0, to: api-server, bandwidth: ${bandwidth} }] }
  watchers: [{ count: 1, resource: configmaps }, { count: 1, resource: configmaps }]
timeline:
  - { at: 0s, load: open, rate: 20, verb: patch, resource: configmaps, objects: 1, bytes: 100000, for: 10s }
stop: { when: horizon, atMost: 30m }
`,
        }),
      ).summary.hub;
    const thin = watching('1Mbit');
    const wide = watching('100Mbit');
    expect([thin.terminatedWatches > 0, wide.terminatedWatches]).toEqual([true, 0]);
    // 42 changes fit the kernel's 4 MiB, and five in four seconds are sent.
    expect(thin.watchLag.max).toBeGreaterThan(40);
    for (const { watchers } of [thin, wide])
      expect(watchers.filter(({ client }) => client === 'watchers').map(({ events }) => events)).toEqual([200, 200]);
  });

  it.each([
    ['{ from: load/2, to: api-server, delay: 1ms }', 'there is no load/2: there are 2 loads in before and timeline'],
    ['{ from: watchers/2, to: api-server, delay: 1ms }', 'there is no watchers/2: cluster.watchers has 2 entries'],
    ['{ from: kubectl/1, to: api-server, delay: 1ms }', 'there is no kubectl/1: it has 1 replica'],
    ['{ from: loads, to: api-server, delay: 1ms }', 'unknown component "loads"; did you mean "load"?'],
    ['{ from: load, to: etcd, delay: 1ms }', 'nothing travels between load and etcd'],
  ])('tells of a mistake at its place: %s', (link, message) => {
    const text = mistake({
      'main.yaml': `cluster:
  nodes: [{ count: 1 }]
  watchers: [{ count: 1, resource: pods }, { count: 1, resource: pods }]
  network:
    links:
      - ${link}
timeline:
  - { at: 0s, load: closed, verb: get, resource: leases, for: 1s }
  - { at: 0s, load: closed, verb: get, resource: leases, for: 1s }
`,
    });
    expect(text).toContain(message);
    expect(text).toContain('main.yaml:6:');
  });
});

describe.each([
  ['one server', ''],
  ['two servers', '  apiServer: { replicas: 2 }\n'],
])('a partition of clients outside, with %s', (_, cluster) => {
  const cut = (from: string, seconds: number): string =>
    `  - { at: 1s, fault: partition, from: ${from}, to: api-server, for: ${seconds}s }\n`;

  it('holds up what users order', () => {
    const late = createdAt(run({ cluster, steps: cut('kubectl', 20) }));
    expect(late).toBeGreaterThan(21);
    expect(late).toBeLessThan(35);
  });

  it('holds up a request, or, when the connection is lost, has it sent again', () => {
    for (const seconds of [20, 70]) {
      const result = run({ cluster, steps: cut('load/0', seconds) });
      expect(result.summary.hub.load.latency.max).toBeGreaterThan(seconds);
      expect(result.summary.hub.load.latency.p99).toBeLessThan(0.1);
      expect(patches(result)).toBeGreaterThan(1000);
    }
  });

  it('keeps watchers from hearing, and all of them hear all in the end', () => {
    for (const seconds of [20, 70]) {
      const result = run({ cluster, steps: cut('watchers', seconds) });
      expect(result.summary.hub.watchLag.max).toBeGreaterThan(seconds);
      expect(heard(result)).toBe(patches(result) * 3);
    }
  });
});
