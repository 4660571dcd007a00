import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/scenario/simulate.js';
import { count, reconciling, runShop, shop } from './shop.js';

/** The order arrives at time zero. */
const LATER = {
  'shop.yaml': `
name: shop
spokes: [ shop.ts ]
cluster: { profile: ideal, nodes: [ { count: 1 } ], kubelet: { model: hollow } }
timeline: [ { at: 1s, apply: order.yaml } ]
stop: { when: converged, atMost: 60s }
`,
};

/** The order arrives at time zero and is deleted later. */
const DELETED = {
  'shop.yaml': `${LATER['shop.yaml'].replace('order.yaml }', 'order.yaml }, { at: 10s, delete: order/one }')}`,
};

describe('a spoke of the user’s', () => {
  test('makes what the object it reconciles wants, and the run waits until the object is as desired', () => {
    const code = reconciling(`
      const order = client.cached(Order, key);
      if (order === undefined || order.status?.done) return;
      for (let i = 0; i < order.spec.count; i++) {
        const metadata = { name: order.metadata.name + '-' + i, ownerReferences: [controllerReference(order)] };
        yield client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { i: String(i) } });
      }
      yield client.sleep('5s');
      yield* client.patchStatus(Order, key, { done: true });`);
    const result = runShop(code, LATER);
    expect(result.summary.end.reason).toBe('converged');
    expect(result.summary.objects).toEqual([
      { kind: 'Order', namespace: 'default', name: 'one', spec: { count: 2 }, status: { done: true } },
    ]);
    expect(count(result, 'create', 'configmaps', 201)).toBe(2);
    expect(result.summary.convergence.seconds).toBeCloseTo(5, 6);
  });

  test('is run the same way each time', () => {
    const code = reconciling(`
      yield client.sleep(Math.round(client.random() * 1000) + 'ms');
      yield client.patchStatus(Order, key, { done: true });`);
    const scenario = shop(code, LATER);
    expect(simulate(scenario).summary).toEqual(simulate(scenario).summary);
    expect(simulate(shop(code, LATER)).summary).toEqual(simulate(scenario).summary);
  });

  test('gets answers where it yields: nothing for what is not there, lists for lists, and requests side by side', () => {
    const code = reconciling(`
      const none = yield* client.get(k8s.ConfigMap, { name: 'none' });
      const [a, b] = yield [client.get(Order, key), client.list(Order)];
      if (none === undefined && a.metadata.uid === b[0].metadata.uid && b.length === 1)
        yield client.patchStatus(Order, key, { done: true });`);
    expect(runShop(code, LATER).summary.end.reason).toBe('converged');
  });

  test('tries again with backoff after a refusal that it does not catch: here, after writing an old version', () => {
    const code = `
      let old;
      ${reconciling(`
      const order = yield* client.get(Order, key);
      old ??= order;
      yield client.patch(Order, key, { metadata: { labels: { touched: 'yes' } } });
      const version = old;
      old = undefined;
      yield client.updateStatus({ ...version, status: { done: true } });`)}`;
    const result = runShop(code, { ...LATER, 'shop.yaml': LATER['shop.yaml'].replace('60s', '3s') });
    expect(count(result, 'update', 'orders', 409)).toBe(1);
    expect(count(result, 'update', 'orders', 200)).toBeGreaterThanOrEqual(1);
    expect(result.summary.end.reason).toBe('converged');
  });

  test('catches refusals as errors with a code and a reason', () => {
    const code = reconciling(`
      try {
        yield client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
      } catch (error) {
        if (!(error instanceof ApiError) || !error.alreadyExists || error.code !== 409) throw error;
        yield client.patchStatus(Order, key, { done: true });
      }`);
    expect(runShop(code, LATER).summary.end.reason).toBe('converged');
  });

  test('writes nothing when what it writes is there already', () => {
    const code = reconciling(`
      const order = yield* client.get(Order, key);
      const first = yield* client.updateStatus({ ...order, status: { done: true } });
      const second = yield* client.updateStatus(structuredClone(first));
      const third = yield* client.update({ ...second, spec: { count: 2 } });
      const fourth = yield* client.patchStatus(Order, key, { done: true });
      if (fourth.metadata.resourceVersion !== first.metadata.resourceVersion) throw new Error('it was written again');`);
    const result = runShop(code, LATER);
    expect(result.summary.end.reason).toBe('converged');
    expect(count(result, 'update', 'orders')).toBeGreaterThan(0);
  });

  test('holds an object with a finalizer until it has cleaned up', () => {
    const code = reconciling(`
      const order = client.cached(Order, key);
      if (order === undefined) return;
      const { finalizers = [], deletionTimestamp } = order.metadata;
      if (deletionTimestamp === undefined) {
        if (finalizers.length > 0) return;
        const held = yield* client.update({ ...order, metadata: { ...order.metadata, finalizers: ['shop.example/paid'] } });
        yield client.updateStatus({ ...held, status: { done: true } });
        return;
      }
      yield client.sleep('7s');
      yield client.update({ ...order, metadata: { ...order.metadata, finalizers: [] } });`);
    const result = runShop(code, DELETED);
    expect(result.summary.objects).toEqual([]);
    expect(result.summary.end.reason).toBe('converged');
    expect(result.summary.end.virtualSeconds).toBeCloseTo(17, 2);
  });

  test('leaves what an object owned to the garbage collector', () => {
    const code = reconciling(`
      const order = client.cached(Order, key);
      if (order === undefined || order.status?.done) return;
      const metadata = { generateName: 'bill-', ownerReferences: [controllerReference(order)] };
      yield client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
      yield client.patchStatus(Order, key, { done: true });`);
    const result = runShop(code, DELETED);
    expect(count(result, 'create', 'configmaps', 201)).toBe(1);
    expect(count(result, 'delete', 'configmaps', 200)).toBe(1);
  });

  test('hears of what its objects own', () => {
    const code = reconciling(`
      const order = client.cached(Order, key);
      if (order === undefined) return;
      const owned = client.cachedOwnedBy(k8s.ConfigMap, order);
      if (owned.length === 2) yield client.patchStatus(Order, key, { done: true });
      if (owned.length >= 2) return;
      const metadata = { name: 'bill-' + owned.length, ownerReferences: [controllerReference(order)] };
      yield client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });`);
    const result = runShop(code, LATER);
    expect(result.summary.end.reason).toBe('converged');
    expect(count(result, 'create', 'configmaps', 201)).toBe(2);
  });

  test('has a bucket of its own', () => {
    const body = `
      if (client.cached(Order, key).status?.done) return;
      for (let i = 0; i < 30; i++) yield client.get(Order, key);
      yield client.patchStatus(Order, key, { done: true });`;
    const slow = runShop(reconciling(body, 'qps: 5, burst: 1,'), LATER);
    expect(slow.summary.convergence.seconds).toBeCloseTo(6, 1);
    const fast = runShop(reconciling(body, 'qps: 0,'), LATER);
    expect(fast.summary.convergence.seconds).toBeCloseTo(0, 6);
  });

  test('uses the processor it says it uses, on a machine of its own', () => {
    const body = `if (client.cached(Order, key).status?.done) return;
      yield client.work('2s'); yield client.patchStatus(Order, key, { done: true });`;
    const result = runShop(reconciling(body, `reconcileCost: '500ms', cores: 1,`), LATER);
    expect(result.summary.convergence.seconds).toBeCloseTo(3, 6);
    expect(result.summary.cpu.shop).toBeCloseTo(3, 6);
  });

  test('looks again after a while as a chore where all is as desired, and as work where it is not', () => {
    const polling = `
      const order = client.cached(Order, key);
      if (order === undefined) return;
      if (client.nowSeconds > 35) yield client.patchStatus(Order, key, { done: true });
      return { requeueAfter: '10s' };`;
    const result = runShop(reconciling(polling), LATER);
    expect(result.summary.end.reason).toBe('converged');
    expect(result.summary.end.virtualSeconds).toBeCloseTo(31, 1);
  });

  test('works in one of its copies only, the one that holds the lease', () => {
    const code = reconciling(`yield client.patchStatus(Order, key, { done: true });`, 'replicas: 3,');
    const result = runShop(code, LATER);
    expect(result.summary.end.reason).toBe('converged');
    const patches = result.summary.hub.byRequest.filter(
      ({ verb, resource }) => verb === 'patch' && resource === 'orders',
    );
    expect(patches.map(({ client }) => client)).toEqual(['shop-0']);
    expect(result.summary.hub.byRequest.some(({ client, verb }) => client === 'shop-2' && verb === 'get')).toBe(true);
  });
});
