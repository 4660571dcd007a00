import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from '../hub/test-hub.js';

function configMap(name: string, value = ''): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined, { data: { value } });
}

const isMine = (object: ApiObject): boolean => object.metadata.name.startsWith('mine');

/** An informer of the ConfigMaps whose names begin with `mine`, and what it has told its handler. */
function listenOn(hub: TestHub) {
  const program = hub.program('p');
  const informer = program.informer(CONFIG_MAP, isMine);
  const log: string[] = [];
  informer.addHandler({
    added: ({ metadata }) => log.push(`+${metadata.name}`),
    updated: (_, { metadata }) => log.push(`~${metadata.name}`),
    deleted: ({ metadata }) => log.push(`-${metadata.name}`),
  });
  program.start();
  return { informer, log };
}

/** Lets time pass, whether or not anything happens. */
function runFor(hub: TestHub, seconds: number): void {
  const { engine } = hub;
  engine.schedule(
    seconds * 1e9,
    engine.register('test: time is up', () => {}),
  );
  engine.run(engine.nowNs + seconds * 1e9);
}

/** More changes than the watch cache keeps, spread over so long a time that it does not keep more. */
function outrunRing(hub: TestHub): void {
  for (let i = 0; i < 150; i++) {
    hub.store.create(configMap(`other${i}`));
    runFor(hub, 1);
  }
}

describe('an informer', () => {
  it('learns from bookmarks how far its watch is, though nothing it selects has changed', () => {
    const hub = testHub();
    hub.apiServer.start();
    hub.store.create(configMap('mine'));
    const { informer } = listenOn(hub);
    runFor(hub, 1);
    for (let i = 0; i < 10; i++) hub.store.create(configMap(`other${i}`));
    runFor(hub, 58);
    expect(informer.syncedRevision).toBeLessThan(hub.store.revision);
    runFor(hub, 2);
    expect(informer.syncedRevision).toBe(hub.store.revision);
  });

  it('reads a bookmark behind the changes that were sent before it', () => {
    const hub = testHub(loadProfile('vm-2-core'));
    const { informer, log } = listenOn(hub);
    hub.engine.run();
    const before = informer.syncedRevision;
    const objects = ['mine-a', 'mine-b'].map((name) => hub.store.create(configMap(name)).object!);
    const change = { type: 'ADDED' as const, previous: undefined, committedNs: 0, cause: 0, chore: false };
    informer.push(objects.map((object) => ({ ...change, object })));
    informer.bookmark(hub.store.revision + 7);
    expect(informer.syncedRevision).toBe(before);
    hub.engine.run();
    expect(log).toEqual(['+mine-a', '+mine-b']);
    expect(informer.syncedRevision).toBe(hub.store.revision + 7);
  });

  it('goes on where its watch was closed, and misses nothing and hears nothing twice', () => {
    const hub = testHub();
    const { informer, log } = listenOn(hub);
    hub.store.create(configMap('mine-a'));
    hub.engine.run();
    hub.apiServer.unwatch(CONFIG_MAP, informer);
    informer.closed();
    hub.store.create(configMap('mine-b'));
    hub.engine.run();
    hub.store.create(configMap('mine-c'));
    hub.engine.run();
    expect(log).toEqual(['+mine-a', '+mine-b', '+mine-c']);
  });

  it('reads everything anew after 410, and tells its handlers only the difference', () => {
    const hub = testHub();
    hub.store.create(configMap('mine-kept'));
    hub.store.create(configMap('mine-gone'));
    const { informer, log } = listenOn(hub);
    hub.engine.run();
    hub.apiServer.unwatch(CONFIG_MAP, informer);
    hub.store.delete(CONFIG_MAP, 'default', 'mine-gone', {});
    hub.store.create(configMap('mine-new'));
    outrunRing(hub);
    log.length = 0;
    const closedNs = hub.engine.nowNs;
    informer.closed();
    hub.engine.run();
    expect(log).toEqual(['-mine-gone', '+mine-new']);
    // The watch that gets 410 is opened at once, and the list after a backoff.
    expect(hub.engine.nowNs - closedNs).toBeGreaterThanOrEqual(0.8e9);
  });

  it('is spared the 410 by a bookmark', () => {
    const hub = testHub();
    hub.apiServer.start();
    hub.store.create(configMap('mine'));
    const { informer } = listenOn(hub);
    outrunRing(hub);
    expect(informer.syncedRevision).toBeGreaterThan(hub.store.revision - 60);
  });
});

describe('a watch', () => {
  function watchFrom(hub: TestHub, fromRevision: number): number {
    const client = hub.program('w').client('w', 'w', 0, 0);
    const sink = { matches: () => true, push: () => {}, bookmark: () => {}, closed: () => {} };
    const call = client.watch(CONFIG_MAP, { fromRevision, sink });
    hub.engine.run();
    return call.code;
  }

  it('starts from any revision that the cache still has the changes after, and gets 410 before it', () => {
    const hub = testHub();
    const first = hub.store.create(configMap('first')).object!;
    expect(watchFrom(hub, first.revision)).toBe(200);
    outrunRing(hub);
    expect(watchFrom(hub, first.revision)).toBe(410);
    expect(watchFrom(hub, hub.store.revision - 10)).toBe(200);
  });
});
