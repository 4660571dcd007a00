import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/api/call.js';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { Constant } from '../../../src/random/constant.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

const IDEAL = loadProfile('ideal');
const READ_NS = 7e6;

/** A hub with one ConfigMap, whose cache is filled; a read takes etcd 7 ms. */
function started(): TestHub {
  const hub = testHub({ ...IDEAL, etcd: { ...IDEAL.etcd, rangeNs: READ_NS } }, { fsync: new Constant(0, '0s') });
  create(hub, 'a');
  hub.apiServer.start();
  hub.program('p').client('p', 'p', 0, 0).list(CONFIG_MAP, '0');
  settleDown(hub);
  return hub;
}

function create(hub: TestHub, name: string): void {
  hub.store.create(draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined));
}

function settleDown(hub: TestHub): void {
  hub.engine.onQuiet(() => hub.engine.stop());
  hub.engine.run();
}

/** One GET, and how long it took, in milliseconds. */
function get(hub: TestHub, name: string, resourceVersion: string): { call: Call; ms: number } {
  const call = hub.program('p').client('p', 'p', 0, 0).get(CONFIG_MAP, 'default', name, resourceVersion);
  const beganNs = hub.engine.nowNs;
  settleDown(hub);
  return { call, ms: (hub.engine.nowNs - beganNs) / 1e6 };
}

describe('a GET', () => {
  it.each([
    ['', 7],
    ['0', 0],
    ['1', 0],
  ])('at resourceVersion "%s" is served by etcd or the cache', (resourceVersion, ms) => {
    const { call, ms: tookMs } = get(started(), 'a', resourceVersion);
    expect([call.code, call.object?.metadata.name, tookMs]).toEqual([200, 'a', ms]);
  });

  it.each(['', '0'])('finds nothing where there is nothing (resourceVersion "%s")', (resourceVersion) => {
    const { call } = get(started(), 'b', resourceVersion);
    expect([call.code, call.reason]).toEqual([404, 'NotFound']);
  });

  it('waits until the cache has come to its revision', () => {
    const hub = started();
    const wanted = hub.store.revision + 1;
    hub.engine.scheduleAs(
      false,
      1.23e9,
      hub.engine.register('a write', () => create(hub, 'b')),
    );
    const { call, ms } = get(hub, 'b', String(wanted));
    expect([call.code, call.object?.metadata.name, ms]).toEqual([200, 'b', 1230]);
  });

  it('is refused after 3 s at a revision that does not come, and asks again', () => {
    const hub = started();
    const { call, ms } = get(hub, 'a', String(hub.store.revision + 1000));
    expect([call.code, call.reason, call.attempts, ms / 1000]).toEqual([504, 'Timeout', 11, 11 * 3 + 10]);
    expect(call.message).toContain('Too large resource version');
  });
});
