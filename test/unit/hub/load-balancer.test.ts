import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { LoadBalancer } from '../../../src/hub/load-balancer.js';
import { at, slowHub, stored, write } from './etcd/writer.js';
import type { TestHub } from './test-hub.js';

/** A program that listens over a connection of its own. */
function listen(hub: TestHub, name: string, balancer: LoadBalancer) {
  const program = hub.program(name, balancer.connection());
  const informer = program.informer(CONFIG_MAP);
  program.start();
  return informer;
}

describe('several API servers behind a balancer', () => {
  it('share connections, each of which stays with one server', () => {
    const hub = slowHub(1, 3);
    const balancer = new LoadBalancer(hub.apiServers);
    const asked = hub.apiServers.map(() => 0);
    for (const [index, server] of hub.apiServers.entries()) {
      const { receive } = server;
      server.receive = (...args) => {
        asked[index]!++;
        receive.apply(server, args);
      };
    }
    for (let i = 0; i < 6; i++) write(hub, `w${i}`, 100, balancer.connection());
    hub.engine.run(1e9);
    expect(asked).toEqual([20, 20, 20]);
  });

  it('know of changes later the further they are from etcd, and end up with the same', () => {
    const hub = slowHub(1, 2);
    const balancer = new LoadBalancer(hub.apiServers);
    const near = listen(hub, 'near', balancer);
    const far = listen(hub, 'far', balancer);
    hub.engine.run(1e9);
    const learnt: Record<string, number[]> = { near: [], far: [] };
    const note = (name: string) => ({
      added: () => void learnt[name]!.push(hub.engine.nowNs / 1e6),
      updated: () => {},
      deleted: () => {},
    });
    near.addHandler(note('near'));
    far.addHandler(note('far'));
    write(hub, 'w', 50, hub.apiServers[0]!);
    hub.engine.run(2e9);
    expect(learnt.near!.length).toBe(5);
    expect(learnt.far).toEqual(learnt.near!.map((ms) => ms + 5));
  });

  it('lose nothing and tell nothing twice while one after the other restarts', () => {
    const hub = slowHub(3, 3);
    const balancer = new LoadBalancer(hub.apiServers);
    const informers = ['a', 'b', 'c', 'd'].map((name) => listen(hub, name, balancer));
    const told = informers.map((informer) => {
      const seen = new Map<string, number>();
      informer.addHandler({
        added: ({ metadata }) => seen.set(metadata.name, (seen.get(metadata.name) ?? 0) + 1),
        updated: () => {},
        deleted: () => {},
      });
      return seen;
    });
    hub.engine.run(1e9);
    for (const name of ['w0', 'w1']) write(hub, name, 20_000, balancer.connection());
    for (const [turn, server] of hub.apiServers.entries()) {
      at(hub, 2000 + 5000 * turn, () => server.kill());
      at(hub, 4000 + 5000 * turn, () => server.restart());
    }
    hub.engine.run(60e9);
    const there = stored(hub);
    expect(there.size).toBeGreaterThan(3900);
    for (const seen of told) {
      expect(new Set(seen.keys())).toEqual(there);
      expect([...seen.values()].every((times) => times === 1)).toBe(true);
    }
    expect(hub.engine.workPending).toBe(0);
  });
});
