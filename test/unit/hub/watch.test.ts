import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

function configMap(name: string, value = ''): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined, { data: { value } });
}

/** A program that writes down every change it hears of. */
function listen(hub: TestHub, selects?: (object: ApiObject) => boolean): string[] {
  const program = hub.program('listener');
  const log: string[] = [];
  program.informer(CONFIG_MAP, selects).addHandler({
    added: (object) => log.push(`+${object.metadata.name}`),
    updated: (_, object) => log.push(`~${object.metadata.name}`),
    deleted: (object) => log.push(`-${object.metadata.name}`),
  });
  program.start();
  return log;
}

describe.each(['ideal', 'vm-2-core'])('a watch under profile %s', (name) => {
  const profile = loadProfile(name);

  it('delivers what was there before and every change after, in order', () => {
    const hub = testHub(profile);
    hub.store.create(configMap('before'));
    const log = listen(hub);
    hub.engine.run();
    const client = hub.program('writer').client('writer', 'writer', 0, 0);
    client.create(configMap('a'));
    hub.engine.run();
    client.create(configMap('b'));
    hub.engine.run();
    client.deleteNamed(CONFIG_MAP, 'default', 'a');
    hub.engine.run();
    expect(log).toEqual(['+before', '+a', '+b', '-a']);
  });

  it('misses nothing that is written while the first list is on its way', () => {
    const hub = testHub(profile);
    const log = listen(hub);
    const client = hub.program('writer').client('writer', 'writer', 0, 0);
    for (let i = 0; i < 50; i++) client.create(configMap(`c${i}`));
    hub.engine.run();
    expect(log.toSorted()).toEqual(Array.from({ length: 50 }, (_, i) => `+c${i}`).toSorted());
  });

  it('turns entering and leaving a selector into ADDED and DELETED', () => {
    const hub = testHub(profile);
    const log = listen(hub, (object) => (object.extra as { data: { value: string } }).data.value === 'in');
    hub.engine.run();
    const client = hub.program('writer').client('writer', 'writer', 0, 0);
    for (const value of ['out', 'in', 'in', 'out']) {
      client.create(configMap('c', value));
      const patch = { apply: (c: ApiObject) => draft(c.kind, c.metadata, c.spec, c.status, { data: { value } }) };
      client.patchNamed(CONFIG_MAP, 'default', 'c', patch);
      hub.engine.run();
    }
    expect(log).toEqual(['+c', '~c', '-c']);
  });

  it('tells every watcher of every change exactly once, all in one order', () => {
    const hub = testHub(profile);
    const logs = Array.from({ length: 20 }, () => listen(hub));
    hub.engine.run();
    const client = hub.program('writer').client('writer', 'writer', 0, 0);
    for (let i = 0; i < 30; i++) client.create(configMap(`c${i}`));
    hub.engine.run();
    for (const log of logs) expect(log).toEqual(logs[0]);
    expect(logs[0]!.toSorted()).toEqual(Array.from({ length: 30 }, (_, i) => `+c${i}`).toSorted());
  });
});
