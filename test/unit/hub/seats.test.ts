import { describe, expect, it } from 'vitest';
import { Call, type Caller, type Verb } from '../../../src/api/call.js';
import { CONFIG_MAP, type Kind, LEASE, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { Engine } from '../../../src/engine/index.js';
import { CallFlows } from '../../../src/hub/call-flows.js';
import { LIST_RULES } from '../../../src/hub/flow-control/list-work.js';
import { WatchCounts } from '../../../src/hub/flow-control/watch-counts.js';
import { Seats } from '../../../src/hub/seats.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { testHub } from './test-hub.js';

/** Seats with a holder that writes down what becomes of each row. */
function desk(serverSeats: number) {
  const engine = new Engine();
  const log: string[] = [];
  const holder = {
    seated: (slot: number) => void log.push(`${slot} seated at ${engine.nowNs / 1e9}`),
    divided: () => undefined,
    turnedAway: (slot: number, seconds: number) =>
      void log.push(`${slot} away for ${seconds} at ${engine.nowNs / 1e9}`),
  };
  const seats = new Seats(engine, { serverSeats }, holder);
  const watches = new WatchCounts();
  const flows = new CallFlows(seats.control, watches, () => ({ objectCount: 10, averageBytes: 100 }));
  return { engine, log, seats, watches, flows };
}

const callers = new Map<string, Caller>();

function call(user: string, verb: Verb = 'get', kind: Kind = CONFIG_MAP): Call {
  if (!callers.has(user)) callers.set(user, { name: user, user, stream: user });
  const body = verb === 'watch' ? { fromRevision: 0, sink: undefined as never } : undefined;
  return new Call(callers.get(user)!, verb, kind, '', 'default', 'a', body, false, 0);
}

describe('the seats of an API server', () => {
  it('are taken until there are none, and handed on in turn as they are given back', () => {
    const { log, seats, flows } = desk(60);
    const limit = seats.control.levels.find(({ name }) => name === 'global-default')!.seatLimit;
    for (let slot = 0; slot < limit + 2; slot++) seats.ask(slot, call('somebody'), flows);
    expect(log).toHaveLength(limit);
    seats.giveBack(0);
    seats.giveBack(1);
    expect(log).toHaveLength(limit + 2);
  });

  it('are waited for a quarter of a minute and no longer', () => {
    const { engine, log, seats, flows } = desk(60);
    const limit = seats.control.levels.find(({ name }) => name === 'global-default')!.seatLimit;
    for (let slot = 0; slot <= limit; slot++) seats.ask(slot, call('somebody'), flows);
    engine.run();
    expect(log.at(-1)).toBe(`${limit} away for 1 at 15`);
    expect(engine.workPending).toBe(0);
  });

  it('are refused to those who find the queues of their flow full', () => {
    const { log, seats, flows } = desk(60);
    for (let slot = 0; slot < 2000; slot++) seats.ask(slot, call('somebody'), flows);
    expect(log.some((line) => line.includes('away for 1 at 0'))).toBe(true);
  });

  it('are there at once for masters', () => {
    const { log, seats, flows } = desk(60);
    for (let slot = 0; slot < 100; slot++) seats.ask(slot, call('system:masters'), flows);
    expect(log).toHaveLength(100);
  });

  it('are kept for a while after a write that many watchers hear of', () => {
    const { engine, log, seats, flows, watches } = desk(60);
    for (let i = 0; i < 10; i++) watches.add(CONFIG_MAP.id, '', '');
    const limit = seats.control.levels.find(({ name }) => name === 'global-default')!.seatLimit;
    for (let slot = 0; slot <= limit; slot++) seats.ask(slot, call('somebody', 'create'), flows);
    for (let slot = 0; slot < limit; slot++) seats.giveBack(slot);
    expect(log).toHaveLength(limit);
    engine.run();
    expect(log.at(-1)).toBe(`${limit} seated at 0.005`);
  });
});

describe('the flow of a call', () => {
  it('is the node’s own where one client speaks for all kubelets', () => {
    const { flows } = desk(600);
    const kubelets = { name: 'kubelet', user: 'system:node:*', nodes: ['node-0001', 'node-0002'], stream: 'kubelet' };
    const flowOf = (node: number) => {
      const renewal = new Call(kubelets, 'update', LEASE, '', 'kube-node-lease', 'x', undefined, true, 0);
      renewal.node = node;
      return flows.flowOf(renewal);
    };
    for (const node of [1, 0, 1]) {
      expect(flowOf(node).schema.name).toBe('system-node-high');
      expect(flowOf(node).distinguisher).toBe(`system:node:node-000${node + 1}`);
    }
  });

  it('of a controller is that of its service account', () => {
    const { flows } = desk(600);
    const flow = flows.flowOf(call('system:serviceaccount:kube-system:replicaset-controller', 'create', POD));
    expect(flow.level.name).toBe('workload-high');
  });
});

describe('an API server with few seats', () => {
  it('refuses what it cannot queue, and everything comes through in the end', () => {
    const hub = testHub(loadProfile('vm-2-core'), { serverSeats: 20, fsync: undefined, lists: LIST_RULES });
    const client = hub.program('p').client('p', 'somebody', 0, 0);
    hub.measurements.begin(0);
    for (let i = 0; i < 500; i++) {
      const metadata = ObjectMeta.of({ namespace: 'default', name: `c${i}` });
      client.create(draft(CONFIG_MAP, metadata, undefined, undefined));
    }
    hub.engine.run();
    expect(hub.store.table(CONFIG_MAP).size).toBe(500);
    expect(hub.measurements.requests.rejected).toBeGreaterThan(0);
  });
});
