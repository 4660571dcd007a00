import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import { report } from '../../../src/cli/failure.js';
import { FakeIo } from '../cli/fake-io.js';
import { reconciling, runShop, shop } from './shop.js';

function failureOf(attempt: () => unknown): Error {
  try {
    attempt();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

const LATER = {
  'shop.yaml': `
spokes: [ shop.ts ]
cluster: { profile: ideal, nodes: [ { count: 1 } ] }
timeline: [ { at: 3s, apply: order.yaml } ]
`,
};

describe('an error in the code of a spoke', () => {
  test('ends the run and is told with the spoke, the object, the virtual time and the place in the file', () => {
    const code = reconciling(`
      yield client.sleep('1s');
      const nothing = undefined;
      nothing.field = 1;`);
    const error = failureOf(() => runShop(code, LATER));
    expect(error.message).toMatch(
      /^spoke shop, reconciling default\/one at 4 s of virtual time: TypeError: .*nothing.* \(shop\.ts:11\)$|reading|setting/,
    );
    expect(error.message).toContain('(shop.ts:');
    const io = new FakeIo();
    expect(report(error, io)).toBe(3);
    expect(io.errText).toMatch(/^hubsim: SpokeError: spoke shop, reconciling default\/one at 4 s/);
    expect(io.errText.split('\n')).toHaveLength(2);
  });

  test.each([
    ['a cache is changed', `client.cached(Order, key).spec.count = 3;`, /read only property 'count'/],
    ['a promise is waited for', `yield Promise.resolve();`, /cannot wait for a promise: yield a request/],
    ['a kind is not watched', `client.cached(k8s.Secret, key);`, /no cache of secrets: add Secret to its watches/],
    [
      'an object is refused',
      `yield client.create({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' }, spec: { replicas: 'two' } });`,
      /spec\.replicas/,
    ],
    [
      'a version was never read',
      `yield client.update({ apiVersion: Order.apiVersion, kind: 'Order', metadata: { name: 'one' }, spec: {} });`,
      /read the object first/,
    ],
    [
      'a status is another’s',
      `yield client.patchStatus(k8s.Deployment, key, { replicas: 3 });`,
      /status of a Deployment is written by Kubernetes' own controllers/,
    ],
  ])('is told when %s', (_, body, message) => {
    expect(failureOf(() => runShop(reconciling(body), LATER)).message).toMatch(message);
  });

  test('is told when reconcile is asynchronous', () => {
    const code = `export const spoke = defineSpoke({ name: 'shop', watches: [Order], reconcile: async () => undefined });`;
    expect(failureOf(() => runShop(code, LATER)).message).toMatch(/write function\* and yield, not async and await/);
  });
});

describe('a module that is no spoke', () => {
  test.each([
    ['has a slip', 'export const x = defineSpoke({', /shop\.ts:\d+:\d+: .*/],
    ['throws', `throw new RangeError('not today');`, /RangeError: not today.*\n?.*fails when it is loaded/s],
    [
      'defines a spoke without a reconcile',
      `defineSpoke({ name: 'x', watches: [Order] });`,
      /spoke x: it has no reconcile/,
    ],
    [
      'defines a spoke that watches nothing',
      `defineSpoke({ name: 'x', watches: [], reconcile() {} });`,
      /it watches nothing/,
    ],
    [
      'watches what is no kind',
      `defineSpoke({ name: 'x', watches: [Order, { kind: 'Pod', enqueue: 'self' }], reconcile() {} });`,
      /watches\[1\] is no kind/,
    ],
    [
      'enqueues what there is not',
      `defineSpoke({ name: 'x', watches: [{ kind: Order, enqueue: 'owners' }], reconcile() {} });`,
      /watches\[0\] enqueues "owners"/,
    ],
    [
      'makes less than no requests',
      `defineSpoke({ name: 'x', qps: -1, watches: [Order], reconcile() {} });`,
      /qps is -1/,
    ],
    [
      'defines a kind with a wrong name',
      `defineKind({ apiVersion: 'v1', kind: 'Pod', plural: 'pods' });`,
      /group and a version/,
    ],
  ])('is refused when it %s', (_, code, message) => {
    const error = failureOf(() => shop(code, LATER));
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).format()).toMatch(message);
  });

  test('is refused with its place in the scenario when it is missing or exports nothing of use', () => {
    const missing = failureOf(() => shop('', { 'shop.yaml': LATER['shop.yaml'].replace('shop.ts', 'gone.ts') }));
    expect((missing as InputError).format()).toMatch(/shop\.yaml:2:11: .*there is no file/);
    const empty = failureOf(() => shop('', { ...LATER, 'shop.ts': 'export const x = 1;' }));
    expect((empty as InputError).format()).toMatch(/shop\.yaml:2:11: .*exports no spoke and no kind/);
  });
});

describe('kinds of a scenario', () => {
  const kinds = (lines: string): Record<string, string> => ({
    'shop.yaml': `
kinds:
  - ${lines}
cluster: { profile: ideal, nodes: [ { count: 1 } ] }
timeline: [ { at: 0s, apply: order.yaml } ]
stop: { atMost: 10s }
`,
  });

  test('are stored like any other, and waited for if they say when they are as desired', () => {
    const line = `{ apiVersion: shop.example/v1, kind: Order, plural: orders, converged: CONDITION }`;
    const run = (condition: string) => runShop('', kinds(line.replace('CONDITION', condition))).summary;
    expect(run('spec.count == 2').end.reason).toBe('converged');
    expect(run('status.done').end.reason).toBe('stuck');
    expect(run('status.done').end.findings).toEqual(['Order default/one is not as desired']);
    expect(run('spec.count == 2').objects).toHaveLength(1);
  });

  test.each([
    ['{ apiVersion: v1, kind: Pod, plural: pods }', /shop\.yaml:3:5: .*group and a version/],
    ['{ apiVersion: a.example/v1, kind: order, plural: orders }', /"order" is not a kind/],
    ['{ apiVersion: a.example/v1, kind: Order, plural: Orders }', /"Orders" is not a plural/],
    ['{ apiVersion: apps/v1, kind: Deployment, plural: deployments }', /registered already/],
    ['{ apiVersion: a.example/v1, kind: Order, plural: orders, converged: "a ==" }', /converged: /],
    ['{ apiVersion: a.example/v1, kind: Order }', /plural/],
  ])('are refused where they cannot be: %s', (line, message) => {
    const error = failureOf(() => shop('', kinds(line)));
    expect((error as InputError).format()).toMatch(message);
  });
});
