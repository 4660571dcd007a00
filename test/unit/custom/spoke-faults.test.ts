import { describe, expect, test } from 'vitest';
import type { InputError } from '../../../src/api/input-error.js';
import type { RunResult } from '../../../src/measure/run-result.js';
import { count, reconciling, runShop, shop } from './shop.js';

/** Makes a ConfigMap each second until there are as many as the order wants. */
const SLOW = `
  const order = client.cached(Order, key);
  if (order === undefined || order.status?.done) return;
  const made = client.cachedOwnedBy(k8s.ConfigMap, order).length;
  if (made >= order.spec.count) { yield client.patchStatus(Order, key, { done: true }); return; }
  yield client.sleep('1s');
  const metadata = { name: 'bill-' + made, ownerReferences: [controllerReference(order)] };
  yield client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });`;

const ORDER = `apiVersion: shop.example/v1
kind: Order
metadata: { name: one }
spec: { count: 10 }
`;

function scenario(steps: string): Record<string, string> {
  return {
    'order.yaml': ORDER,
    'shop.yaml': `
name: shop
spokes: [ shop.ts ]
cluster: { profile: ideal, nodes: [ { count: 1 } ], kubelet: { model: hollow } }
timeline:
  - { at: 0s, apply: order.yaml }
${steps}
stop: { when: converged, atMost: 5m }
`,
  };
}

function run(steps: string, options = ''): RunResult {
  return runShop(reconciling(SLOW, options), scenario(steps));
}

describe("a spoke of one's own", () => {
  const undisturbed = run('').summary.convergence.seconds!;

  test('that is killed begins anew with the lists of what it watches, and comes to the same end', () => {
    const result = run('  - { at: 2500ms, fault: kill, target: shop/0, for: 20s }');
    expect(result.summary.end.reason).toBe('converged');
    expect(result.summary.convergence.seconds).toBeGreaterThan(undisturbed + 18);
    expect(count(result, 'create', 'configmaps', 201)).toBe(10);
    const lists = ({ summary }: RunResult): number =>
      summary.hub.byRequest
        .filter(({ client, verb }) => client === 'shop' && (verb === 'list' || verb === 'watch'))
        .reduce((sum, row) => sum + row.count, 0);
    expect(lists(result)).toBe(lists(run('')) + 2);
  });

  test('that is never started again leaves its work undone', () => {
    const { end } = run('  - { at: 2500ms, fault: kill, target: shop/0 }').summary;
    expect(end.reason).toBe('stuck');
  });

  test('that stands still loses nothing: it goes on where it was', () => {
    const result = run('  - { at: 2500ms, fault: freeze, target: shop/0, for: 20s }');
    expect(result.summary.end.reason).toBe('converged');
    // The look that was due at 3 s comes at 22.5 s.
    expect(result.summary.convergence.seconds).toBeCloseTo(undisturbed + 19.5, 1);
    expect(count(result, 'create', 'configmaps', 201)).toBe(10);
  });

  test('may be killed while it stands still', () => {
    const steps =
      '  - { at: 2500ms, fault: freeze, target: shop/0, for: 20s }\n  - { at: 3s, fault: kill, target: shop/0, for: 1s }';
    const { end, convergence } = run(steps).summary;
    expect(end.reason).toBe('converged');
    expect(convergence.seconds).toBeLessThan(undisturbed + 20);
  });

  test('of which the leader is killed is followed by another copy once its lease has run out', () => {
    const result = run(
      '  - { at: 2500ms, fault: kill, target: shop/any, every: 7s, times: 4, for: 3s }',
      'replicas: 3,',
    );
    expect(result.summary.end.reason).toBe('converged');
    expect(count(result, 'create', 'configmaps', 201)).toBe(10);
  });

  test('is named with the components where a target is none', () => {
    const refused = (target: string, fault = 'kill'): unknown => {
      try {
        return shop(reconciling(SLOW), scenario(`  - { at: 1s, fault: ${fault}, target: ${target} }`));
      } catch (error) {
        return (error as InputError).format();
      }
    };
    expect(refused('shup/0')).toContain('unknown component "shup"; did you mean "shop"?');
    expect(refused('shop')).toContain('"shop" does not name a process; write shop/0');
    expect(refused('front-proxy/0', 'freeze')).toContain(
      'allowed: scheduler, api-server, controller-manager, etcd, etcd-events, shop',
    );
  });
});
