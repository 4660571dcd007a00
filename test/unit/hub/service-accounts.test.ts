import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/api/call.js';
import { POD, SERVICE_ACCOUNT } from '../../../src/api/kind.js';
import { readManifests } from '../../../src/api/manifest.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from '../hub/test-hub.js';

const MS = 1e6;

/** Creates a pod; the call is answered once the hub has run. */
function create(hub: TestHub, { spec = '', metadata = '' } = {}): Call {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: { name: a ${metadata} }\nspec: { containers: [ { name: c, image: a } ] ${spec} }`;
  const [pod] = readManifests(text, 'a.yaml', { shapes: hub.shapes }).objects;
  return hub.program('p').client('p', 'p', 0, 0).create(pod!);
}

function makeAccount(hub: TestHub, name: string): void {
  hub.store.create(draft(SERVICE_ACCOUNT, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined));
}

const newHub = (): TestHub => testHub(loadProfile('ideal'), { serviceAccounts: true });

describe('a pod whose service account is not there', () => {
  it('waits for the account of its namespace, which it looks for every 100 to 200 ms', () => {
    const hub = newHub();
    const call = create(hub);
    hub.engine.run(350 * MS);
    expect(call.code).toBe(0);
    makeAccount(hub, 'default');
    hub.engine.run();
    expect(call.code).toBe(201);
    expect(hub.engine.nowNs).toBeGreaterThanOrEqual(400 * MS);
    expect(hub.engine.nowNs).toBeLessThanOrEqual(600 * MS);
  });

  it('is refused after ten looks', () => {
    const hub = newHub();
    const call = create(hub);
    hub.engine.run();
    expect(call.code).toBe(403);
    expect(call.message).toBe(
      'pods "a" is forbidden: error looking up service account default/default: serviceaccount "default" not found',
    );
    expect(hub.engine.nowNs).toBeGreaterThanOrEqual(900 * MS);
    expect(hub.engine.nowNs).toBeLessThan(1800 * MS);
    expect(hub.store.get(POD, 'default', 'a')).toBeUndefined();
  });

  it('is refused at once if it is one that no controller makes', () => {
    const hub = newHub();
    makeAccount(hub, 'default');
    const call = create(hub, { spec: ', serviceAccountName: robot' });
    hub.engine.run();
    expect([call.code, hub.engine.nowNs]).toEqual([403, 0]);
    makeAccount(hub, 'robot');
    const again = create(hub, { spec: ', serviceAccount: robot' });
    hub.engine.run();
    expect(again.code).toBe(201);
  });

  it('does not matter to mirrors of static pods, nor where no controller makes any', () => {
    const mirrored = newHub();
    const mirror = create(mirrored, { metadata: ', annotations: { kubernetes.io/config.mirror: a }' });
    mirrored.engine.run();
    expect([mirror.code, mirrored.engine.nowNs]).toEqual([201, 0]);
    const hub = testHub();
    const call = create(hub);
    hub.engine.run();
    expect([call.code, hub.engine.nowNs]).toEqual([201, 0]);
  });
});
