import { describe, expect, it } from 'vitest';
import type { Call, ListRequest } from '../../../src/api/call.js';
import { CONFIG_MAP, NAMESPACE } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import type { WatchEvent, WatchSink } from '../../../src/api/watch.js';
import type { HubSettings } from '../../../src/cluster/hub.js';
import type { Profile } from '../../../src/cluster/profile.js';
import { Cacher, type CacherHost } from '../../../src/hub/cacher.js';
import { LIST_RULES } from '../../../src/hub/flow-control/list-work.js';
import { ObjectBytes } from '../../../src/hub/object-bytes.js';
import { WatchCache } from '../../../src/hub/watch-cache.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

const PROFILE = loadProfile('ideal');

function configMap(name: string): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined);
}

/** Something of another kind. */
function namespace(name: string): ApiObject {
  return draft(NAMESPACE, ObjectMeta.of({ name }), {}, { phase: 'Active' });
}

/** A hub with three ConfigMaps, whose caches are filled; then something else has changed. */
function started(profile: Profile = PROFILE, settings?: Partial<HubSettings>): TestHub {
  const hub = testHub(profile, settings);
  for (const name of ['a', 'b', 'c']) hub.store.create(configMap(name));
  hub.apiServer.start();
  hub.program('p').client('p', 'p', 0, 0).list(CONFIG_MAP, '0');
  hub.engine.onQuiet(() => hub.engine.stop());
  hub.engine.run();
  hub.store.create(namespace('other'));
  return hub;
}

/** One LIST, and how long it took, in seconds. */
function list(hub: TestHub, request: ListRequest): { call: Call; seconds: number } {
  const call = hub.program('p').client('p', 'p', 0, 0).listBy(CONFIG_MAP, request);
  const beganNs = hub.engine.nowNs;
  hub.engine.onQuiet(() => hub.engine.stop());
  hub.engine.run();
  return { call, seconds: (hub.engine.nowNs - beganNs) / 1e9 };
}

describe('a LIST at a revision that does not exist yet', () => {
  const future = (hub: TestHub): string => String(hub.store.revision + 1000);

  it.each([
    ['not older', {}],
    ['exact', { exact: true }],
    ['limited', { limit: 2 }],
  ])('waits 3 s and is refused, eleven times a second apart as client-go asks (%s)', (_, options) => {
    const hub = started();
    const { revision } = hub.store;
    const { call, seconds } = list(hub, { resourceVersion: future(hub), ...options });
    expect([call.code, call.reason, call.attempts, seconds]).toEqual([504, 'Timeout', 11, 11 * 3 + 10]);
    expect(call.message).toBe(`Timeout: Too large resource version: ${revision + 1000}, current: ${revision}`);
  });

  it('is served as soon as etcd tells that it has come there, whatever changed', () => {
    const hub = started();
    const write = (): unknown => hub.store.create(namespace('later'));
    hub.engine.scheduleAs(false, 1.23e9, hub.engine.register('a write', write));
    const { call, seconds } = list(hub, { resourceVersion: String(hub.store.revision + 1) });
    // It asks every 100 ms.
    expect([call.code, call.items!.length, seconds]).toEqual([200, 3, 1.3]);
    expect(call.revision).toBe(hub.store.revision);
  });

  it('is refused at once by an etcd that serves it, without a time to come back', () => {
    const hub = started(PROFILE, { lists: { ...LIST_RULES, consistentFromCache: false, snapshots: false } });
    const { call, seconds } = list(hub, { resourceVersion: future(hub), exact: true });
    expect([call.code, call.attempts, seconds]).toEqual([504, 1, 0]);
  });
});

describe('a LIST of the newest state', () => {
  it('learns from etcd that nothing of its kind has changed: at once, and again only 100 ms later', () => {
    const hub = started();
    expect(list(hub, { resourceVersion: '' }).seconds).toBe(0);
    // Nothing has changed since.
    expect(list(hub, { resourceVersion: '' }).seconds).toBe(0);
    hub.store.create(namespace('another'));
    expect(list(hub, { resourceVersion: '' }).seconds).toBe(0.1);
    // A change of its own kind needs no asking.
    hub.store.create(configMap('d'));
    expect(list(hub, { resourceVersion: '' }).seconds).toBe(0);
  });

  it('goes to etcd when the cache lags more than 3 s behind', () => {
    const hub = started({ ...PROFILE, apiServer: { ...PROFILE.apiServer, watchEventNs: 10e9 } });
    hub.store.create(configMap('d'));
    const call = hub.program('p').client('p', 'p', 0, 0).list(CONFIG_MAP, '');
    hub.engine.onQuiet(() => undefined);
    hub.engine.run(hub.engine.nowNs + 2.9e9);
    expect(call.done).toBe(false);
    hub.engine.run(hub.engine.nowNs + 0.2e9);
    expect([call.done, call.code, call.items!.length]).toEqual([true, 200, 4]);
  });
});

describe('a WATCH that begins with the state', () => {
  it('begins anew when the cache does not come to it within 3 s, until it does', () => {
    const hub = started({ ...PROFILE, apiServer: { ...PROFILE.apiServer, watchEventNs: 4e9 } });
    hub.store.create(configMap('d'));
    const program = hub.program('q');
    const informer = program.informer(CONFIG_MAP);
    program.start();
    hub.engine.onQuiet(() => undefined);
    hub.engine.run(hub.engine.nowNs + 3.9e9);
    expect(informer.synced).toBe(false);
    hub.engine.run(hub.engine.nowNs + 0.2e9);
    expect([informer.synced, informer.cache.size]).toEqual([true, 4]);
  });
});

/** A host on which nothing takes time, and nothing is ever sent. */
class StandingHost implements CacherHost {
  readonly nowNs = 0;
  readonly cores = 1;
  cacher!: Cacher;
  advances = 0;
  dispatch(): void {
    this.cacher.dispatched();
  }
  send(): void {}
  wait(): void {}
  sendLater(): void {}
  fannedOut(): void {}
  terminated(): void {}
  advanced(): void {
    this.advances++;
  }
}

class CountingSink implements WatchSink {
  readonly heard: number[] = [];
  matches(): boolean {
    return true;
  }
  push(events: readonly WatchEvent[]): void {
    for (const { object } of events) this.heard.push(object.revision);
  }
  bookmark(): void {}
  closed(): void {}
}

function cacherWith(host: StandingHost): Cacher {
  const cacher = new Cacher(NAMESPACE, new WatchCache(0, []), host, PROFILE.apiServer, new ObjectBytes());
  host.cacher = cacher;
  return cacher;
}

function change(revision: number): WatchEvent {
  const made = namespace(`n${revision}`);
  const object = made.stamped(revision, revision, made.metadata);
  return { type: 'ADDED', object, previous: undefined, committedNs: 0, cause: 0, chore: false };
}

describe('a dispatcher that a slow watcher holds up', () => {
  it('does not keep the cache from going on, up to a hundred changes ahead', () => {
    const host = new StandingHost();
    const cacher = cacherWith(host);
    cacher.subscribe(new CountingSink(), [], 0);
    for (let revision = 1; revision <= 300; revision++) cacher.changed(change(revision));
    // Its two buffers of ten are full, the 21st is in the dispatcher's hands.
    expect(cacher.cache.revision).toBe(21 + 100);
    expect(cacher.pending).toBe(300 - 21);
    expect(cacher.processedRevision).toBe(21);
    expect(host.advances).toBe(21 + 100);
  });

  it('tells a watcher that comes meanwhile nothing twice', () => {
    const host = new StandingHost();
    const cacher = cacherWith(host);
    cacher.subscribe(new CountingSink(), [], 0);
    for (let revision = 1; revision <= 30; revision++) cacher.changed(change(revision));
    const late = new CountingSink();
    const watcher = cacher.subscribe(late, cacher.cache.since(25)!, 25);
    expect(late.heard).toEqual([26, 27, 28, 29, 30]);
    cacher.patienceOver();
    expect([cacher.processedRevision, watcher.waiting]).toEqual([30, 0]);
    cacher.changed(change(31));
    expect(watcher.waiting).toBe(1);
  });

  it('lets what etcd tells of its progress wait for the changes before it', () => {
    const host = new StandingHost();
    const cacher = cacherWith(host);
    cacher.subscribe(new CountingSink(), [], 0);
    for (let revision = 1; revision <= 150; revision++) cacher.changed(change(revision));
    cacher.progressed(200);
    expect(cacher.cache.revision).toBe(121);
    cacher.patienceOver();
    expect(cacher.cache.revision).toBe(200);
  });
});
