import { beforeEach, describe, expect, it } from 'vitest';
import { CONFIG_MAP, DEPLOYMENT, LEASE, NAMESPACE, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import { Binding } from '../../../src/client/binding.js';
import { UNFINISHED } from '../../../src/hub/outcome.js';
import { Store } from '../../../src/hub/store.js';

const clock = { nowNs: 0, inChore: false };

function newStore(): { store: Store; events: WatchEvent[] } {
  const events: WatchEvent[] = [];
  const store = new Store(clock, (event) => events.push(event));
  store.create(draft(NAMESPACE, ObjectMeta.of({ name: 'default' }), {}, {}));
  events.length = 0;
  return { store, events };
}

function configMap(name: string, finalizers: string[] = []): ApiObject {
  const metadata = ObjectMeta.of({ namespace: 'default', name, finalizers });
  return draft(CONFIG_MAP, metadata, undefined, undefined, { data: {} });
}

function pod(name: string, nodeName = ''): ApiObject {
  const shape = new PodShapes().of({ containers: [{ name: 'c' }] });
  return draft(POD, ObjectMeta.of({ namespace: 'default', name }), new PodSpec(shape, nodeName), PENDING);
}

describe('store', () => {
  beforeEach(() => {
    clock.nowNs = 0;
  });

  it('gives every write the next revision, across kinds', () => {
    const { store } = newStore();
    const first = store.create(configMap('a')).object!;
    const second = store.create(pod('p')).object!;
    expect(second.revision).toBe(first.revision + 1);
  });

  it('refuses a second object of the same name with 409 AlreadyExists', () => {
    const { store } = newStore();
    store.create(configMap('a'));
    expect(store.create(configMap('a'))).toMatchObject({ code: 409, reason: 'AlreadyExists' });
  });

  it('refuses an object in a namespace that is not there with 404', () => {
    const { store } = newStore();
    const elsewhere = draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'nowhere', name: 'a' }), undefined, undefined);
    expect(store.create(elsewhere).code).toBe(404);
  });

  it('lets the first of two writes from the same revision win and answers 409 Conflict to the second', () => {
    const { store } = newStore();
    const read = store.create(draft(DEPLOYMENT, ObjectMeta.of({ namespace: 'default', name: 'd' }), { n: 1 }, {}))
      .object!;
    expect(store.update(read.withSpec({ n: 2 })).code).toBe(200);
    expect(store.update(read.withSpec({ n: 3 }))).toMatchObject({ code: 409, reason: 'Conflict' });
  });

  it('counts the generation up for a new spec only', () => {
    const { store } = newStore();
    const first = store.create(draft(DEPLOYMENT, ObjectMeta.of({ namespace: 'default', name: 'd' }), { n: 1 }, {}))
      .object!;
    const second = store.updateStatus(first.withStatus({ seen: true })).object!;
    const third = store.update(second.withSpec({ n: 2 })).object!;
    expect([first, second, third].map((version) => version.metadata.generation)).toEqual([1, 1, 2]);
  });

  it('counts no generations of kinds whose strategy does not, like leases', () => {
    const { store } = newStore();
    const lease = store.create(draft(LEASE, ObjectMeta.of({ namespace: 'default', name: 'l' }), { n: 1 }, {})).object!;
    const renewed = store.update(lease.withSpec({ n: 2 })).object!;
    expect([lease, renewed].map(({ metadata }) => metadata.generation)).toEqual([0, 0]);
  });

  it('makes no revision of a write that changes nothing', () => {
    const { store, events } = newStore();
    const object = store.create(configMap('a')).object!;
    expect(store.update(object).object).toBe(object);
    expect(events).toHaveLength(1);
  });

  it('keeps an object with finalizers until the last one is gone', () => {
    const { store, events } = newStore();
    const object = store.create(configMap('a', ['hold'])).object!;
    const deleting = store.delete(CONFIG_MAP, 'default', 'a', {}).object!;
    expect(deleting.metadata.deleting).toBe(true);
    store.update(deleting.withMetadata(deleting.metadata.with({ finalizers: [] })));
    expect(store.get(CONFIG_MAP, 'default', 'a')).toBeUndefined();
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    expect(events[2]!.object.id).toBe(object.id);
  });

  it('gives a running pod its grace and a pod without a node none', () => {
    const { store } = newStore();
    store.create(pod('bound', 'node-0'));
    store.create(pod('waiting'));
    store.delete(POD, 'default', 'bound', {});
    expect(store.delete(POD, 'default', 'waiting', {})).toBe(UNFINISHED);
    expect(store.get(POD, 'default', 'bound')?.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(store.get(POD, 'default', 'waiting')?.metadata.deletionGracePeriodSeconds).toBe(0);
    expect(store.delete(POD, 'default', 'waiting', {}).code).toBe(200);
    expect(store.get(POD, 'default', 'waiting')).toBeUndefined();
  });

  it('ends a terminating pod in two writes when it is deleted without grace, and tells of both', () => {
    const { store, events } = newStore();
    store.create(pod('bound', 'node-0'));
    store.delete(POD, 'default', 'bound', {});
    expect(store.delete(POD, 'default', 'bound', { gracePeriodSeconds: 0 })).toBe(UNFINISHED);
    expect(store.delete(POD, 'default', 'bound', { gracePeriodSeconds: 0 }).code).toBe(200);
    expect(store.get(POD, 'default', 'bound')).toBeUndefined();
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'MODIFIED', 'DELETED']);
    expect(events[2]!.object.metadata.deletionGracePeriodSeconds).toBe(0);
  });

  it('counts a shorter grace from when the pod was first deleted', () => {
    const { store } = newStore();
    store.create(pod('bound', 'node-0'));
    clock.nowNs = 100e9;
    store.delete(POD, 'default', 'bound', {});
    clock.nowNs = 104e9;
    store.delete(POD, 'default', 'bound', { gracePeriodSeconds: 10 });
    const { metadata } = store.get(POD, 'default', 'bound')!;
    expect([metadata.deletionTimestampNs, metadata.deletionGracePeriodSeconds]).toEqual([110e9, 10]);
  });

  it('binds a pod once and answers 409 to the second binding', () => {
    const { store } = newStore();
    store.create(pod('p'));
    expect(store.bind(store.get(POD, 'default', 'p') as Pod, new Binding('node-1')).code).toBe(201);
    expect(store.bind(store.get(POD, 'default', 'p') as Pod, new Binding('node-2')).code).toBe(409);
  });

  it('does not delete the successor of the object that was meant', () => {
    const { store } = newStore();
    const first = store.create(configMap('a')).object!;
    store.delete(CONFIG_MAP, 'default', 'a', {});
    store.create(configMap('a'));
    expect(store.delete(CONFIG_MAP, 'default', 'a', { id: first.id }).code).toBe(409);
  });
});
