import { describe, expect, it } from 'vitest';
import { CONFIG_MAP, LEASE, POD } from '../../../src/api/kind.js';
import { KindRegistry } from '../../../src/api/kind-registry.js';
import type { Pod } from '../../../src/api/pod.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import type { LoadConfig } from '../../../src/scenario/steps/load.js';
import { loadOrder } from '../../../src/scenario/steps/load-order.js';
import { ClosedLoad } from '../../../src/spokes/load/closed-load.js';
import type { LoadProbe } from '../../../src/spokes/load/load-order.js';
import { type TestHub, testHub } from '../hub/test-hub.js';

const PLACE = { file: 'scenario.yaml', line: 1, column: 1, path: 'timeline[0]' };
const LOAD: LoadConfig = {
  clients: 4,
  verb: 'create',
  resource: 'configmaps',
  manifest: undefined,
  count: -1,
  forNs: 1e9,
  bytes: 100,
  objects: 0,
  as: 'system:masters',
  resourceVersion: undefined,
};

/** Code and number of objects of each answer. */
function answersTo(hub: TestHub, load: Partial<LoadConfig>): string[] {
  const answers: string[] = [];
  run(hub, load, { loadAnswered: ({ code, items = [] }) => answers.push(`${code} ${items.length}`) });
  return answers;
}

function run(hub: TestHub, load: Partial<LoadConfig>, probe: LoadProbe = hub.measurements): void {
  const order = loadOrder({ ...LOAD, ...load }, PLACE, 'load', new KindRegistry(), hub.shapes);
  const targets = order.targets.map((target) => hub.store.create(target).object!);
  const program = hub.program('load');
  hub.measurements.begin(hub.engine.nowNs);
  new ClosedLoad(program.process, program.client('load', 'system:masters', 0, 0), { ...order, targets }, probe).start();
  hub.engine.run();
}

describe('a closed load', () => {
  const profile = loadProfile('vm-2-core');

  it('sends as many requests as it is told to, and no more', () => {
    const hub = testHub(profile);
    run(hub, { count: 100, forNs: -1 });
    expect(hub.store.table(CONFIG_MAP).size).toBe(100);
    expect(hub.measurements.load.latency.count).toBe(100);
  });

  it('goes on as long as it is told to', () => {
    const hub = testHub(profile);
    run(hub, {});
    expect(hub.engine.nowNs).toBeGreaterThan(1e9);
    expect(hub.engine.nowNs).toBeLessThan(1.1e9);
  });

  it('has one request a client under way: N = rate × latency', () => {
    const hub = testHub(profile);
    run(hub, { clients: 16 });
    const { rate, latency } = hub.measurements.load;
    expect(rate! * (latency.mean / 1e9)).toBeGreaterThan(15.5);
    expect(rate! * (latency.mean / 1e9)).toBeLessThanOrEqual(16.01);
  });

  it('binds every pod but once', () => {
    const hub = testHub(profile);
    run(hub, { resource: 'pods/binding', objects: 20 });
    const pods = [...hub.store.table(POD).values()] as Pod[];
    expect(pods.map(({ spec }) => spec.nodeName)).toEqual(new Array(20).fill('node-0000'));
    expect(hub.measurements.load.latency.count).toBe(20);
  });

  it('updates without a conflict where each client has objects of its own', () => {
    const hub = testHub(profile);
    run(hub, { verb: 'update', resource: 'leases', objects: 4 });
    expect(hub.store.table(LEASE).size).toBe(4);
    expect(hub.measurements.requests.keys.map(({ code }) => code)).toEqual([200]);
  });

  it.each(['get', 'list', 'patch', 'delete'] as const)('can %s', (verb) => {
    const hub = testHub(profile);
    run(hub, { verb, objects: 10, count: 10, forNs: -1 });
    expect(hub.measurements.requests.keys).toEqual([
      { client: 'load', verb, resource: 'configmaps', subresource: '', code: 200, priorityLevel: 'exempt' },
    ]);
    expect(hub.store.table(CONFIG_MAP).size).toBe(verb === 'delete' ? 0 : 10);
  });

  it('reads as many pages as a list has, and a list to its end', () => {
    const hub = testHub(profile);
    expect(answersTo(hub, { clients: 1, verb: 'list', objects: 10, limit: 4, count: 4, forNs: -1 })).toEqual([
      '200 4',
      '200 4',
      '200 2',
      '200 4',
      '200 4',
      '200 2',
    ]);
  });

  it('reads a whole list in place of pages whose state has been compacted, as client-go', () => {
    const hub = testHub(profile, { compactionIntervalNs: 5e6 });
    const answers = answersTo(hub, { clients: 1, verb: 'list', objects: 40, limit: 1, count: 1, forNs: -1 });
    const pages = answers.length - 2;
    expect(answers).toEqual([...new Array(pages).fill('200 1'), '410 0', '200 40']);
    expect(pages).toBeGreaterThan(2);
    expect(pages).toBeLessThan(30);
  });

  it('reads one state again and again until it has been compacted, and then a newer one', () => {
    const hub = testHub(profile, { compactionIntervalNs: 1e9 });
    const { engine, store } = hub;
    store.backend!.history.keep(CONFIG_MAP);
    const gone = engine.register('gone', (i) => store.delete(CONFIG_MAP, 'default', `load-target-${i}`, {}));
    for (let i = 0; i < 30; i++) engine.scheduleAs(true, (i + 1) * 100e6, gone, i);
    const answers = answersTo(hub, { verb: 'list', objects: 40, exact: true, forNs: 3e9 });
    const runs = answers.filter((answer, i) => answer !== answers[i - 1]);
    expect(runs[0]).toBe('200 40');
    expect(runs[1]).toBe('410 0');
    expect(Number(runs[2]!.slice(4))).toBeLessThan(30);
  });

  it('tells how long after its answer a create reaches those who listen', () => {
    const hub = testHub(profile);
    const program = hub.program('watchers');
    program.listeners(CONFIG_MAP, 3, hub.measurements);
    program.start();
    hub.engine.run();
    expect(program.synced).toBe(true);
    run(hub, { count: 50, forNs: -1 });
    expect(hub.measurements.load.answerToWatch.count).toBe(150);
  });
});
