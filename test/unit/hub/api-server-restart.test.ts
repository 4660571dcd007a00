import { describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { type Task, TaskRunner } from '../../../src/client/task.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from './test-hub.js';

function configMap(name: string): ApiObject {
  return draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined);
}

/** A program with an informer that counts what it is told of each object. */
function listen(hub: TestHub) {
  const program = hub.program('listener');
  const informer = program.informer(CONFIG_MAP);
  const told = new Map<string, number>();
  informer.addHandler({
    added: ({ metadata }) => told.set(metadata.name, (told.get(metadata.name) ?? 0) + 1),
    updated: () => {},
    deleted: ({ metadata }) => told.delete(metadata.name),
  });
  program.start();
  return { informer, told };
}

/** Somebody who creates one object after the other and says what came of each. */
function create(hub: TestHub, count: number, reconnectNs: number): { answers: Map<string, number> } {
  const program = hub.program('writer');
  const client = program.client('writer', 'somebody', 0, 0, reconnectNs);
  const answers = new Map<string, number>();
  function* task(): Task {
    for (let i = 0; i < count; i++) {
      const call = client.create(configMap(`c${i}`));
      yield call;
      answers.set(`c${i}`, call.code);
    }
  }
  new TaskRunner(program.process).start(task());
  return { answers };
}

function killAt(hub: TestHub, seconds: number, forSeconds: number): void {
  const { engine, apiServer } = hub;
  engine.schedule(
    seconds * 1e9,
    engine.register('test: kill', () => apiServer.kill()),
  );
  engine.schedule(
    (seconds + forSeconds) * 1e9,
    engine.register('test: restart', () => apiServer.restart()),
  );
}

describe('an API server that is killed and started again', () => {
  const profile = loadProfile('vm-2-core');

  it('fails what is under way and all that comes while it is down, with code 0', () => {
    const hub = testHub(profile);
    killAt(hub, 0.1, 5);
    const { answers } = create(hub, 2000, 0);
    hub.engine.run(4e9);
    const codes = [...answers.values()];
    expect(codes.slice(0, 20)).toEqual(new Array(20).fill(201));
    expect(codes.at(-1)).toBe(0);
  });

  it('loses nothing that it has answered, and every informer ends up with what the store has, once', () => {
    const hub = testHub(profile);
    const { informer, told } = listen(hub);
    hub.engine.run();
    killAt(hub, 0.1, 2);
    const { answers } = create(hub, 300, 20e6);
    hub.engine.run();
    expect(answers.size).toBe(300);
    const stored = [...hub.store.table(CONFIG_MAP).values()].map(({ metadata }) => metadata.name).sort();
    expect([...informer.cache.values()].map(({ metadata }) => metadata.name).sort()).toEqual(stored);
    expect([...told.values()].every((times) => times === 1)).toBe(true);
    for (const [name, code] of answers) if (code === 201) expect(stored).toContain(name);
    expect(hub.engine.workPending).toBe(0);
  });

  it('answers 403 until it has loaded its rules, and 410 to watches from before', () => {
    const hub = testHub(profile);
    listen(hub);
    hub.engine.run();
    hub.measurements.begin(hub.engine.nowNs);
    killAt(hub, 0.1, 2);
    create(hub, 2000, 1e6);
    hub.engine.run();
    const keys = hub.measurements.requests.keys.map(({ verb, code }) => `${verb} ${code}`);
    expect(keys).toContain('create 403');
    expect(keys).toContain('watch 410');
  });
});
