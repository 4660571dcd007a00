import type { Call } from '../../api/call.js';
import type { Kind } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Process } from '../../client/process.js';
import { type Task, TaskRunner } from '../../client/task.js';
import { Replacement } from './replacement.js';
import { Scale } from './scale.js';

/** Who hears of calls that did not go as the user meant them. */
export interface UserProbe {
  /** The API server refused what the user asked for. */
  refused(call: Call): void;
}

/** Somebody with kubectl: applies manifests, scales, patches and deletes, without a rate limit. */
export class User {
  private readonly client: ApiClient;
  private readonly runner: TaskRunner;
  private readonly probe: UserProbe;

  constructor(process: Process, client: ApiClient, probe: UserProbe) {
    this.client = client;
    this.runner = new TaskRunner(process);
    this.probe = probe;
  }

  /** Creates or replaces the objects in order, by a number of clients that each wait for their last answer. */
  apply(objects: readonly ApiObject[], clients: number): void {
    const todo = objects[Symbol.iterator]();
    for (let i = 0; i < Math.min(clients, objects.length); i++) this.runner.start(this.applyNext(todo));
  }

  scale(kind: Kind, namespace: string, name: string, replicas: number): void {
    this.runner.start(this.one(this.client.patchNamed(kind, namespace, name, new Scale(replicas), 'scale')));
  }

  patch(kind: Kind, namespace: string, name: string, patch: Patch): void {
    this.runner.start(this.one(this.client.patchNamed(kind, namespace, name, patch)));
  }

  delete(kind: Kind, namespace: string, name: string): void {
    this.runner.start(this.one(this.client.deleteNamed(kind, namespace, name)));
  }

  private *one(call: Call): Task {
    yield call;
    if (!call.ok) this.probe.refused(call);
  }

  private *applyNext(todo: Iterator<ApiObject>): Task {
    for (let next = todo.next(); next.done !== true; next = todo.next()) {
      const object = next.value;
      let call = this.client.create(object);
      yield call;
      if (call.code === 409) {
        call = this.client.patch(object, new Replacement(object));
        yield call;
      }
      if (!call.ok) this.probe.refused(call);
    }
  }
}
