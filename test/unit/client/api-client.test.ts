import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { sleep, type Task, TaskRunner } from '../../../src/client/task.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { testHub } from '../hub/test-hub.js';

function configMap(name: string): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined);
}

describe('an API client', () => {
  it('lets its burst through at once and then paces requests by its rate', () => {
    const hub = testHub();
    const client = hub.program('p').client('p', 'p', 20, 30);
    for (let i = 0; i < 100; i++) client.create(configMap(`c${i}`));
    hub.engine.run();
    expect(hub.store.get(CONFIG_MAP, 'default', 'c29')?.metadata.creationTimestampNs).toBe(0);
    expect(hub.store.get(CONFIG_MAP, 'default', 'c99')?.metadata.creationTimestampNs).toBe(3.5e9);
  });

  it('shares no tokens with other clients of the same program', () => {
    const hub = testHub();
    const program = hub.program('p');
    const [one, two] = ['one', 'two'].map((name) => program.client(name, name, 1, 1));
    one!.create(configMap('a'));
    two!.create(configMap('b'));
    hub.engine.run();
    expect(hub.engine.nowNs).toBe(0);
  });

  it('gives a task the answers it waits for, in virtual time', () => {
    const hub = testHub(loadProfile('vm-2-core'));
    const program = hub.program('p');
    const client = program.client('p', 'p', 0, 0);
    const log: (number | string)[] = [];
    function* task(): Task {
      const calls = [client.create(configMap('a')), client.create(configMap('a'))];
      yield calls;
      // Whichever is decoded first is the one that is created.
      log.push(...calls.map((call) => call.code).sort());
      yield sleep(1e9);
      const read = client.get(CONFIG_MAP, 'default', 'a');
      yield read;
      log.push(read.object!.metadata.name);
    }
    new TaskRunner(program.process).start(task());
    hub.engine.run();
    expect(log).toEqual([201, 409, 'a']);
    expect(hub.engine.nowNs).toBeGreaterThan(1e9);
  });

  it('commits concurrent writes with one fsync a batch', () => {
    const hub = testHub(loadProfile('vm-2-core'));
    const client = hub.program('p').client('p', 'p', 0, 0);
    hub.measurements.begin(0);
    for (let i = 0; i < 64; i++) client.create(configMap(`c${i}`));
    hub.engine.run();
    expect(hub.measurements.fsyncs.count).toBeGreaterThan(0);
    expect(hub.measurements.fsyncs.count).toBeLessThan(64);
  });
});
