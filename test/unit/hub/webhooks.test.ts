import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/api/call.js';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { LIST_RULES } from '../../../src/hub/flow-control/list-work.js';
import type { Webhook } from '../../../src/hub/webhook.js';
import { Constant } from '../../../src/random/constant.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

const SECOND = 1e9;

function webhook(name: string, seconds: number, more: Partial<Webhook> = {}): Webhook {
  const rules = [{ operations: ['CREATE'], apiGroups: ['*'], resources: ['configmaps'] }] as const;
  const latency = new Constant(seconds * SECOND, `${seconds}s`);
  return { name, rules, latency, timeoutNs: 10 * SECOND, failurePolicy: 'Fail', ...more };
}

function hubWith(mutating: readonly Webhook[], validating: readonly Webhook[] = []): TestHub {
  const settings = { serverSeats: 600, fsync: undefined, lists: LIST_RULES };
  return testHub(loadProfile('ideal'), { ...settings, mutatingWebhooks: mutating, validatingWebhooks: validating });
}

/** Creates a ConfigMap; the code of the answer, and when it came. */
function create(hub: TestHub): [code: number, seconds: number] {
  const call: Call = hub
    .program('p')
    .client('p', 'p', 0, 0)
    .create(draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name: 'a' }), undefined, undefined));
  hub.engine.run();
  return [call.code, hub.engine.nowNs / SECOND];
}

describe('admission webhooks', () => {
  it('are asked one after the other if they may change the object, and all at once if not', () => {
    const hub = hubWith([webhook('a', 1), webhook('b', 2)], [webhook('c', 3), webhook('d', 0.5)]);
    expect(create(hub)).toEqual([201, 6]);
  });

  it('are not asked about anything else', () => {
    const rules = [{ operations: ['DELETE'], apiGroups: [''], resources: ['configmaps'] }] as const;
    const others = [{ operations: ['*'], apiGroups: ['apps'], resources: ['*'] }] as const;
    expect(create(hubWith([webhook('a', 1, { rules }), webhook('b', 1, { rules: others })]))).toEqual([201, 0]);
  });

  it('refuse by their silence with Fail, and are passed over with Ignore', () => {
    const hub = hubWith([], [webhook('a', 1), webhook('b', 1, { failurePolicy: 'Ignore' })]);
    hub.webhooks!.down.add('b');
    expect(create(hub)).toEqual([201, 10]);
    const strict = hubWith([], [webhook('a', 11)]);
    expect(create(strict)).toEqual([500, 10]);
    expect(strict.store.get(CONFIG_MAP, 'default', 'a')).toBeUndefined();
  });

  it('cannot hold a request up for more than 34 s', () => {
    const slow = ['a', 'b', 'c', 'd', 'e'].map((name) => webhook(name, 9));
    expect(create(hubWith(slow))).toEqual([504, 34]);
  });
});
