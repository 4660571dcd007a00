import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { ClientLinks } from '../../../src/cluster/client-links.js';
import { LoadBalancer } from '../../../src/hub/load-balancer.js';
import { type TestHub, testHub } from '../hub/test-hub.js';

const SILENT_AT = 10;
const LINK = 'p/0';

function configMap(name: string): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined, { data: {} });
}

/** Happens at a moment in seconds. */
function at(hub: TestHub, seconds: number, act: () => void): void {
  hub.engine.schedule(seconds * 1e9, hub.engine.register(`test: at ${seconds}`, act));
}

function relistsOf({ measurements }: TestHub): number {
  return measurements.receivers.reduce((sum, { relists }) => sum + relists, 0);
}

/** An informer of a program whose only server is silent from 10 s on, and what it heard when. */
function cutOff(forSeconds: number, apiServers = 1) {
  const hub = testHub(undefined, { apiServers });
  const door = apiServers === 1 ? hub.apiServer : new LoadBalancer(hub.apiServers).connection();
  const program = hub.program('p', door);
  const links = new ClientLinks(hub.engine, hub.apiServers);
  links.made(program, 0, door);
  const informer = program.informer(CONFIG_MAP);
  const heard: [name: string, seconds: number][] = [];
  informer.addHandler({
    added: ({ metadata }) => heard.push([metadata.name, hub.engine.nowNs / 1e9]),
    updated: () => {},
    deleted: () => {},
  });
  program.start();
  at(hub, 1, () => hub.measurements.begin(1e9));
  at(hub, SILENT_AT - 0.001, () => hub.store.create(configMap('before')));
  at(hub, SILENT_AT, () => links.silence(LINK, 0, 'cut'));
  at(hub, SILENT_AT + forSeconds, () => links.restore(LINK, 0));
  const client = program.client('c', 'system:masters', 0, 0);
  const codes: [name: string, code: number, seconds: number][] = [];
  const write = (name: string): void => {
    client.create(configMap(name)).answerTo = {
      answered: (call) => codes.push([name, call.code, hub.engine.nowNs / 1e9]),
    };
  };
  return { hub, heard, codes, write, relists: () => relistsOf(hub) };
}

describe('a program whose server does not answer', () => {
  it('hears late of what was sent meanwhile, and need not list again', () => {
    const { hub, heard, codes, write, relists } = cutOff(20);
    at(hub, 15, () => hub.store.create(configMap('meanwhile')));
    at(hub, 16, () => write('w'));
    hub.engine.run(60e9);
    // TCP tries again 0.2, 0.4, 0.8 … s later: of the attempts 25.4 s after the cut is the first behind its end at 20 s.
    expect(heard).toEqual([
      ['before', SILENT_AT - 0.001],
      ['meanwhile', SILENT_AT + 25.4],
      ['w', SILENT_AT + 25.4],
    ]);
    expect(codes).toEqual([['w', 201, SILENT_AT + 25.4]]);
    expect(relists()).toBe(0);
  });

  it('gives its connection up 45 s after it last heard something, with all that was on it', () => {
    const { hub, heard, codes, write, relists } = cutOff(60);
    at(hub, 15, () => hub.store.create(configMap('meanwhile')));
    at(hub, 16, () => write('w'));
    hub.engine.run(100e9);
    expect(codes[0]).toEqual(['w', 0, SILENT_AT - 0.001 + 45]);
    expect(hub.store.get(CONFIG_MAP, 'default', 'w')).toBeUndefined();
    // It lists when a new connection comes about: by the third packet to open one at the latest.
    const [name, seconds] = heard[1]!;
    expect(name).toBe('meanwhile');
    expect(seconds).toBeGreaterThan(SILENT_AT + 60);
    expect(seconds).toBeLessThan(SILENT_AT + 75);
    expect(heard).toHaveLength(2);
    expect(relists()).toBe(1);
  });

  it('does not know whether a write was done whose answer it lost', () => {
    const { hub, codes, write } = cutOff(60);
    at(hub, SILENT_AT, () => write('w'));
    hub.engine.run(100e9);
    expect(codes.map(([, code]) => code)).toEqual([0]);
  });

  it('waits 30 s for each new connection', () => {
    const { hub, codes, write } = cutOff(200);
    at(hub, 70, () => write('w'));
    hub.engine.run(120e9);
    expect(codes).toEqual([['w', 0, 100]]);
  });

  it('goes to another server when its own says nothing', () => {
    const { hub, heard } = cutOff(200, 2);
    at(hub, 15, () => hub.store.create(configMap('meanwhile')));
    hub.engine.run(100e9);
    const [, seconds] = heard[1]!;
    // Its connection is lost after 45 s; the reflector waits 0.8 to 1.6 s before it lists.
    expect(seconds).toBeGreaterThan(SILENT_AT + 45);
    expect(seconds).toBeLessThan(SILENT_AT + 47);
  });
});

describe('a server whose client has gone silent', () => {
  const watchers = (hub: TestHub): number => hub.apiServer.watchersOf(CONFIG_MAP);

  it('keeps the watch until it hears that nobody is there', () => {
    const { hub } = cutOff(200);
    hub.engine.run(150e9);
    expect(watchers(hub)).toBe(1);
    hub.engine.run(209e9);
    expect(watchers(hub)).toBe(1);
    hub.engine.run(240e9);
    // The new one alone.
    expect(watchers(hub)).toBe(1);
  });

  it('gives it up when its kernel has sent the same for 15 minutes', () => {
    const { hub } = cutOff(5000);
    hub.engine.run((SILENT_AT + 924) * 1e9);
    expect(watchers(hub)).toBe(1);
    hub.engine.run((SILENT_AT + 926) * 1e9);
    expect(watchers(hub)).toBe(0);
  });
});
