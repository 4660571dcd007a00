import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { WatchTimeouts } from '../../../src/client/watch-timeouts.js';
import type { Program } from '../../../src/cluster/program.js';
import { Streams } from '../../../src/random/streams.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

const MINUTE_NS = 60e9;
const COUNT = 20;

/** A hub whose server runs, with a program that watches ConfigMaps and writes down what it hears, and when it asks. */
function watched(): { hub: TestHub; log: string[]; askedNs: number[]; program: Program } {
  const hub = testHub(loadProfile('vm-2-core'));
  hub.apiServer.start();
  const askedNs: number[] = [];
  const door = {
    receive: (...[call, returnTo]: Parameters<typeof hub.apiServer.receive>) => {
      if (call.verb === 'watch') askedNs.push(hub.engine.nowNs);
      hub.apiServer.receive(call, returnTo);
    },
    unwatch: (...args: Parameters<typeof hub.apiServer.unwatch>) => hub.apiServer.unwatch(...args),
  };
  const program = hub.program('listener', door);
  const log: string[] = [];
  program.informer(CONFIG_MAP).addHandler({
    added: ({ metadata }) => log.push(`+${metadata.name}`),
    updated: ({ metadata }) => log.push(`~${metadata.name}`),
    deleted: ({ metadata }) => log.push(`-${metadata.name}`),
  });
  program.start();
  return { hub, log, askedNs, program };
}

function configMap(number: number): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name: `c${number}` }), undefined, undefined);
}

describe('a watch of a reflector', () => {
  it('is asked for 5 to 10 minutes, in whole seconds', () => {
    const timeouts = new WatchTimeouts(new Streams(1).stream('watch-timeout/test'));
    const seconds = Array.from({ length: 1000 }, () => timeouts.next());
    expect(seconds.every((one) => Number.isInteger(one) && one >= 300 && one < 600)).toBe(true);
    expect(Math.min(...seconds)).toBeLessThan(305);
    expect(Math.max(...seconds)).toBeGreaterThan(595);
  });

  it('ends then, and goes on from where it was without a new list', () => {
    const { hub, askedNs, program } = watched();
    hub.engine.run(60 * MINUTE_NS);
    expect(askedNs.length).toBeGreaterThanOrEqual(7);
    expect(askedNs.length).toBeLessThanOrEqual(12);
    for (const [i, atNs] of askedNs.slice(1).entries()) {
      // A way there and back is more than nothing.
      expect(atNs - askedNs[i]!).toBeGreaterThan(5 * MINUTE_NS);
      expect(atNs - askedNs[i]!).toBeLessThan(10 * MINUTE_NS + 1e9);
    }
    expect(hub.apiServer.watchersOf(CONFIG_MAP)).toBe(1);
    expect(program.informer(CONFIG_MAP).syncedRevision).toBe(hub.store.revision);
  });

  it('misses nothing and hears nothing twice, whenever changes come', () => {
    const { hub, log } = watched();
    const client = hub.program('writer').client('writer', 'writer', 0, 0);
    for (let i = 0; i < 60 * COUNT; i++) {
      client.create(configMap(i));
      hub.engine.run(hub.engine.nowNs + MINUTE_NS / COUNT);
    }
    hub.engine.run(hub.engine.nowNs + MINUTE_NS);
    expect(log).toEqual(Array.from({ length: 60 * COUNT }, (_, i) => `+c${i}`));
  });

  it('has no timer left when its program is gone', () => {
    const { hub, askedNs, program } = watched();
    hub.engine.run(MINUTE_NS);
    program.die();
    hub.engine.run(60 * MINUTE_NS);
    expect(askedNs).toHaveLength(1);
    expect(hub.apiServer.watchersOf(CONFIG_MAP)).toBe(0);
  });
});

describe('a watch whose client asks for no end', () => {
  it('has one after half an hour to an hour', () => {
    const { hub } = watched();
    let ended = 0;
    const sink = {
      matches: () => true,
      push: () => {},
      bookmark: () => {},
      closed: () => {
        ended = hub.engine.nowNs;
      },
    };
    hub.program('other').client('other', 'other', 0, 0).watch(CONFIG_MAP, { fromRevision: 0, sink });
    hub.engine.run(61 * MINUTE_NS);
    expect(ended).toBeGreaterThan(30 * MINUTE_NS);
    expect(ended).toBeLessThan(60 * MINUTE_NS + 1e9);
  });
});
