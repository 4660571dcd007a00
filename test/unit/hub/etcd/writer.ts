import { CONFIG_MAP } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../../src/api/object.js';
import type { ApiServerDoor } from '../../../../src/client/connection.js';
import { sleep, type Task, TaskRunner } from '../../../../src/client/task.js';
import type { HubSettings } from '../../../../src/cluster/hub.js';
import { Constant } from '../../../../src/random/constant.js';
import { type TestHub, testHub } from '../test-hub.js';

const MS = 1e6;

/** What a write came to. */
export interface Answer {
  readonly name: string;
  readonly code: number;
  readonly sentMs: number;
  readonly tookMs: number;
}

/** A hub on which only disks (1 ms) and the wire between machines (5 ms) take time. */
export function slowHub(etcdMembers: number, apiServers = 1, settings: Partial<HubSettings> = {}): TestHub {
  return testHub(undefined, {
    etcdMembers,
    apiServers,
    wire: new Constant(5 * MS, '5ms'),
    fsync: new Constant(1 * MS, '1ms'),
    ...settings,
  });
}

/**
 * Somebody who creates an object every 10 ms for a while, without waiting for the answers; what he heard, in order. What
 * he does is work, or a chore as the leases of nodes are.
 */
export function write(hub: TestHub, name: string, forMs: number, door?: ApiServerDoor, chore = false): Answer[] {
  const program = hub.program(name, door);
  const client = program.client(name, 'system:masters', 0, 0);
  const answers: Answer[] = [];
  const nowMs = (): number => hub.engine.nowNs / MS;
  const runner = new TaskRunner(program.process);
  function* one(object: ApiObject, sentMs: number): Task {
    const call = client.create(object);
    yield call;
    answers.push({ name: object.metadata.name, code: call.code, sentMs, tookMs: nowMs() - sentMs });
  }
  function* all(): Task {
    for (let i = 0; i < forMs / 10; i++) {
      const meta = ObjectMeta.of({ namespace: 'default', name: `${name}-${i}` });
      runner.start(one(draft(CONFIG_MAP, meta, undefined, undefined), nowMs()));
      yield sleep(10 * MS);
    }
  }
  const { engine } = hub;
  const began = engine.register('test: writer begins', () => runner.start(all()));
  engine.scheduleAs(chore, 0, began);
  return answers;
}

/** Does something at a moment. */
export function at({ engine }: TestHub, ms: number, act: () => void): void {
  engine.schedule(ms * MS, engine.register('test: act', act));
}

/** Names of the ConfigMaps that there are. */
export function stored(hub: TestHub): Set<string> {
  return new Set([...hub.store.table(CONFIG_MAP).values()].map(({ metadata }) => metadata.name));
}
