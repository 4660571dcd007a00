import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/api/call.js';
import { CONFIG_MAP, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { PENDING, PodSpec } from '../../../src/api/pod.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

/** A hub that counts from now on what etcd commits. */
function counting(): TestHub {
  const hub = testHub(loadProfile('vm-2-core'));
  hub.measurements.begin(0);
  return hub;
}

/** The answer to one call, and the transactions that were committed and the versions written meanwhile. */
function served(hub: TestHub, ask: (client: ReturnType<ReturnType<TestHub['program']>['client']>) => Call) {
  const { measurements, engine } = hub;
  const [commits, puts] = [measurements.commits.count, measurements.puts];
  const call = ask(hub.program('p').client('p', 'p', 0, 0));
  engine.onQuiet(() => engine.stop());
  engine.run(engine.nowNs + 60e9);
  return { code: call.code, commits: measurements.commits.count - commits, puts: measurements.puts - puts };
}

function configMap(hub: TestHub): ApiObject {
  const metadata = ObjectMeta.of({ namespace: 'default', name: 'a' });
  return hub.store.create(draft(CONFIG_MAP, metadata, undefined, undefined, { data: {} })).object!;
}

const changed = (object: ApiObject, to: string) => object.withMetadata(object.metadata.with({ annotations: { to } }));

describe('an update', () => {
  it('takes one transaction', () => {
    const hub = counting();
    const object = configMap(hub);
    expect(served(hub, (client) => client.update(changed(object, 'one')))).toEqual({ code: 200, commits: 1, puts: 1 });
  });

  it('takes none when it comes too late: a read from etcd decides', () => {
    const hub = counting();
    const object = configMap(hub);
    hub.store.update(changed(object, 'one'));
    expect(served(hub, (client) => client.update(changed(object, 'two')))).toEqual({ code: 409, commits: 0, puts: 0 });
  });

  it('takes none when the object has gone', () => {
    const hub = counting();
    const object = configMap(hub);
    hub.store.delete(CONFIG_MAP, 'default', 'a', {});
    expect(served(hub, (client) => client.update(changed(object, 'one')))).toEqual({ code: 404, commits: 0, puts: 0 });
  });
});

describe('a deletion', () => {
  it('of a ConfigMap takes one transaction and writes no version', () => {
    const hub = counting();
    const object = configMap(hub);
    expect(served(hub, (client) => client.delete(object))).toEqual({ code: 200, commits: 1, puts: 0 });
  });

  it('of a pod that may go at once takes two: it is marked first', () => {
    const hub = counting();
    const shape = hub.shapes.of({ containers: [{ name: 'c' }] });
    const metadata = ObjectMeta.of({ namespace: 'default', name: 'p' });
    const pod = hub.store.create(draft(POD, metadata, new PodSpec(shape, ''), PENDING)).object!;
    expect(served(hub, (client) => client.delete(pod))).toEqual({ code: 200, commits: 2, puts: 1 });
    expect(hub.store.get(POD, 'default', 'p')).toBeUndefined();
  });
});
