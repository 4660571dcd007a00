import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../src/api/call.js';
import { CONFIG_MAP, EVENT } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../../src/api/object.js';
import type { WatchSink } from '../../../../src/api/watch.js';
import { type TestHub, testHub } from '../test-hub.js';
import { at, slowHub, stored, write } from './writer.js';

function newEvent(name: string): ApiObject {
  return draft(EVENT, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined);
}

/** Who listens to nothing. */
class DeafSink implements WatchSink {
  matches(): boolean {
    return true;
  }
  push(): void {}
  bookmark(): void {}
  closed(): void {}
}

function eventNames(hub: TestHub): string[] {
  return [...hub.store.table(EVENT).values()].map(({ metadata }) => metadata.name);
}

describe('Events', () => {
  it('go an hour and up to a minute after they were last written', () => {
    const hub = testHub();
    hub.store.create(newEvent('early'));
    at(hub, 30_000, () => hub.store.create(newEvent('same-lease')));
    at(hub, 600_000, () => hub.store.create(newEvent('later')));
    hub.engine.run(3659e9);
    expect(eventNames(hub)).toEqual(['early', 'same-lease', 'later']);
    hub.engine.run(3661e9);
    expect(eventNames(hub)).toEqual(['later']);
    hub.engine.run(4261e9);
    expect(eventNames(hub)).toEqual([]);
  });

  it('live anew when they are written again', () => {
    const hub = testHub();
    const { object } = hub.store.create(newEvent('twice'));
    at(hub, 1_800_000, () =>
      hub.store.update(object!.withMetadata(object!.metadata.with({ annotations: { a: 'b' } }))),
    );
    hub.engine.run(5000e9);
    expect(eventNames(hub)).toEqual(['twice']);
    hub.engine.run(5500e9);
    expect(eventNames(hub)).toEqual([]);
  });

  it('are told apart from deletions by nobody: a watch hears DELETED', () => {
    const hub = testHub(undefined, { eventTtlNs: 10e9 });
    const program = hub.program('listener');
    const informer = program.informer(EVENT);
    program.start();
    hub.engine.run(1e9);
    hub.store.create(newEvent('short'));
    hub.engine.run(5e9);
    expect(informer.cache.size).toBe(1);
    hub.engine.run(20e9);
    expect(informer.cache.size).toBe(0);
  });
});

describe('the file of etcd', () => {
  const BYTES = 400_000;

  it('refuses writes with 500 when it is full, lets deletions through, and takes writes when it is defragmented', () => {
    const hub = testHub(undefined, { quotaBackendBytes: BYTES });
    const answers = write(hub, 'w', 10_000);
    at(hub, 10_000, () => {
      for (const object of [...hub.store.table(CONFIG_MAP).values()])
        hub.store.delete(CONFIG_MAP, 'default', object.metadata.name, {});
    });
    hub.engine.run(11e9);
    const failed = answers.filter(({ code }) => code === 500);
    expect(failed.length).toBeGreaterThan(100);
    expect(answers.filter(({ code }) => code === 201).length).toBeGreaterThan(100);
    expect(stored(hub).size).toBe(0);
    expect(hub.store.backend!.full).toBe(true);
    const backend = hub.store.backend!;
    expect(backend.peakBytes).toBeGreaterThanOrEqual(BYTES);
    // The compactor cannot write down how far it goes: what is superseded is kept, and a file that is no smaller raises the alarm anew.
    for (const ms of [301_000, 601_000, 901_000]) at(hub, ms, () => hub.store.create(newEvent(`e${ms}`)));
    hub.engine.run(1000e9);
    backend.defragment(0);
    backend.disarm();
    const again = write(hub, 'again', 100);
    hub.engine.run(1001e9);
    expect(again.length).toBeGreaterThan(5);
    expect(again.slice(1).every(({ code }) => code === 500)).toBe(true);
    backend.compactAll(hub.store.revision);
    backend.defragment(0);
    expect(backend.full).toBe(true);
    backend.disarm();
    const later = write(hub, 'later', 100);
    hub.engine.run(1002e9);
    expect(later.every(({ code }) => code === 201)).toBe(true);
    expect(backend.fileBytes).toBeLessThan(BYTES / 2);
    expect(backend.peakBytes).toBeGreaterThanOrEqual(BYTES);
  });

  it('forgets after five to ten minutes: a watch of Events from before gets 410', () => {
    const codes = [240, 290, 310, 590, 610, 910].map((seconds) => {
      const hub = testHub();
      const client = hub.program('w').client('w', 'system:masters', 0, 0);
      const watch = (fromRevision: number): Call => client.watch(EVENT, { fromRevision, sink: new DeafSink() });
      watch(0);
      hub.engine.run(1e9);
      hub.store.create(newEvent('first'));
      const { revision } = hub.store;
      for (let s = 10; s <= 900; s += 10) at(hub, s * 1000, () => hub.store.create(newEvent(`e${s}`)));
      hub.engine.run(seconds * 1e9);
      const call = watch(revision);
      hub.engine.run(seconds * 1e9 + 1e9);
      return call.code;
    });
    expect(codes).toEqual([200, 200, 200, 200, 410, 410]);
  });
});

describe('an etcd of their own for Events', () => {
  it('takes them when the other is gone, and writes both at a time', () => {
    const hub = slowHub(1, 1, { eventsSeparately: true });
    const client = hub.program('w').client('w', 'system:masters', 0, 0);
    at(hub, 1000, () => hub.etcd.kill(0));
    hub.engine.run(2e9);
    const event = client.create(newEvent('e'));
    const other = client.create(
      draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name: 'c' }), undefined, undefined),
    );
    hub.engine.run(3e9);
    expect([event.code, other.code]).toEqual([201, 500]);
    expect(hub.eventsEtcd?.commits).toBe(1);
  });
});
