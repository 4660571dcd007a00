import { describe, expect, it } from 'vitest';
import { type Call, LATEST, type ListRequest } from '../../../src/api/call.js';
import { CONFIG_MAP, LEASE } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import type { HubSettings } from '../../../src/cluster/hub.js';
import { Etcd } from '../../../src/hub/etcd/etcd.js';
import { LIST_RULES } from '../../../src/hub/flow-control/list-work.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

const FROM_ETCD: Partial<HubSettings> = {
  lists: { ...LIST_RULES, consistentFromCache: false, snapshots: false },
};

/** A running hub with so many ConfigMaps, c0, c1, …. */
function filled(objects: number, settings?: Partial<HubSettings>): TestHub {
  const hub = testHub(loadProfile('control-plane-64-core'), settings);
  for (let i = 0; i < objects; i++) hub.store.create(named(`c${i}`));
  hub.store.create(draft(LEASE, ObjectMeta.of({ namespace: 'default', name: 'l' }), {}, undefined));
  list(hub, { resourceVersion: '0' });
  hub.apiServer.start();
  return hub;
}

function named(name: string): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined);
}

/** Answers a LIST. */
function list(hub: TestHub, request: ListRequest): Call {
  const call = hub.program('p').client('p', 'p', 0, 0).listBy(CONFIG_MAP, request);
  hub.engine.onQuiet(() => hub.engine.stop());
  hub.engine.run(hub.engine.nowNs + 3600e9);
  expect(call.done).toBe(true);
  return call;
}

/** Answers a LIST, and says how many objects etcd read for it. */
function readBy(hub: TestHub, request: ListRequest): { readonly call: Call; readonly objects: number } {
  const { etcd } = hub;
  let objects = 0;
  etcd.range = (row, member, read) => {
    objects += read?.objects ?? 0;
    Etcd.prototype.range.call(etcd, row, member, read);
  };
  const call = list(hub, request);
  return { call, objects };
}

/** Changes the object of a kind twice a second, for so long. */
function change(hub: TestHub, seconds: number, kind = CONFIG_MAP, name = 'c0'): void {
  const { engine, store } = hub;
  const startNs = engine.nowNs;
  const changed = engine.register('changed', (mark) => {
    const object = store.get(kind, 'default', name)!;
    store.update(object.withMetadata(object.metadata.with({ annotations: { mark: String(mark) } })));
  });
  engine.onQuiet(() => undefined);
  for (let i = 1; i <= 2 * seconds; i++) engine.scheduleAs(true, i * 0.5e9, changed, i);
  engine.run(startNs + seconds * 1e9);
}

const names = (call: Call): string[] => call.items!.map(({ metadata }) => metadata.name);
const marks = (call: Call): (string | undefined)[] => call.items!.map(({ metadata }) => metadata.annotations.mark);
const PAGE: ListRequest = { resourceVersion: '', limit: 2 };

describe('a page of a state that the cache has no snapshot of any more', () => {
  it('is read from etcd, as it was', () => {
    const hub = filled(5);
    const first = list(hub, PAGE);
    change(hub, 30, CONFIG_MAP, 'c4');
    const cached = readBy(hub, { ...PAGE, continuation: first.continuation! });
    expect([names(cached.call), cached.objects]).toEqual([['c2', 'c3'], 0]);
    change(hub, 200, CONFIG_MAP, 'c4');
    const past = readBy(hub, { ...PAGE, continuation: cached.call.continuation! });
    expect([names(past.call), marks(past.call), past.objects]).toEqual([['c4'], [undefined], 1]);
    expect(past.call.revision).toBe(first.revision);
  });

  it('is so for a kind that has not changed since etcd was compacted, too', () => {
    const hub = filled(5);
    change(hub, 590, LEASE, 'l');
    const cached = list(hub, PAGE);
    expect(readBy(hub, { ...PAGE, continuation: cached.continuation! }).objects).toBe(0);
    change(hub, 20, LEASE, 'l');
    const later = list(hub, PAGE);
    expect(readBy(hub, { ...PAGE, continuation: later.continuation! }).objects).toBe(2);
    change(hub, 1);
    const anew = list(hub, PAGE);
    expect(readBy(hub, { ...PAGE, continuation: anew.continuation! }).objects).toBe(0);
  });
});

describe.each([
  ['the cache', undefined],
  ['etcd', FROM_ETCD],
])('pages from %s', (_, settings) => {
  it('end with 410 when their state has been compacted, and nothing is read for that', () => {
    const hub = filled(5, settings);
    const { continuation } = list(hub, PAGE);
    change(hub, 590);
    expect(list(hub, { ...PAGE, continuation: continuation! }).code).toBe(200);
    change(hub, 20);
    const { call, objects } = readBy(hub, { ...PAGE, continuation: continuation! });
    expect([call.code, call.reason, objects]).toEqual([410, 'Expired', 0]);
    expect(call.message).toContain('The provided continue parameter is too old');
  });

  it('do so although nothing else has changed, for the compactor writes down how far it goes', () => {
    const hub = filled(5, settings);
    const { continuation } = list(hub, PAGE);
    hub.engine.onQuiet(() => undefined);
    hub.engine.run(310e9);
    const later = list(hub, PAGE);
    hub.engine.onQuiet(() => undefined);
    hub.engine.run(610e9);
    expect(list(hub, { ...PAGE, continuation: continuation! }).code).toBe(410);
    expect(list(hub, { ...PAGE, continuation: later.continuation! }).code).toBe(200);
  });

  it('may go on in the latest state from there', () => {
    const hub = filled(5, settings);
    const { continuation } = list(hub, PAGE);
    change(hub, 610);
    const expired = list(hub, { ...PAGE, continuation: continuation! });
    hub.store.delete(CONFIG_MAP, 'default', 'c2', {});
    hub.store.create(named('c1-and-a-half'));
    change(hub, 1);
    expect(expired.continuation!.revision).toBe(LATEST);
    const rest = list(hub, { ...PAGE, continuation: expired.continuation! });
    expect([names(rest), rest.revision]).toEqual([['c1-and-a-half', 'c3'], hub.store.revision]);
    expect(names(list(hub, { ...PAGE, continuation: rest.continuation! }))).toEqual(['c4']);
  });
});

describe('a LIST at an exact revision', () => {
  it('is served by the cache, then by etcd, then by nobody', () => {
    const hub = filled(3);
    hub.store.backendOf(CONFIG_MAP)!.history.keep(CONFIG_MAP);
    change(hub, 10);
    const exact: ListRequest = { resourceVersion: String(hub.store.revision), exact: true };
    hub.store.delete(CONFIG_MAP, 'default', 'c1', {});
    hub.store.create(named('later'));
    const reads = [20, 200, 250, 130].map((seconds) => {
      change(hub, seconds);
      return readBy(hub, exact);
    });
    expect(reads.map(({ call, objects }) => [call.code, objects])).toEqual([
      [200, 0],
      [200, 3],
      [200, 3],
      [410, 0],
    ]);
    for (const { call } of reads.slice(0, 3)) {
      expect(names(call).sort()).toEqual(['c0', 'c1', 'c2']);
      expect(marks(call).filter((mark) => mark !== undefined)).toEqual(['20']);
    }
    expect(reads[3]!.call.message).toBe('The resourceVersion for the provided list is too old.');
  });
});
