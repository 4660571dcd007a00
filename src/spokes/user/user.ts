import type { Call, DeleteOptions } from '../../api/call.js';
import { formatTimestamp } from '../../api/civil-date.js';
import type { JsonObject } from '../../api/json.js';
import type { Kind } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { PodShapes } from '../../api/pod-shapes.js';
import { toManifest } from '../../api/to-manifest.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Process } from '../../client/process.js';
import { type Task, TaskRunner } from '../../client/task.js';
import { AppliedManifest } from './applied-manifest.js';
import { Drain, type DrainOptions } from './drain.js';
import { rollback } from './rollback.js';
import { RolloutPause, RolloutRestart, type RolloutVerb } from './rollout.js';
import { Scale } from './scale.js';

/** Who hears of calls that did not go as the user meant them. */
export interface UserProbe {
  /** The API server refused what the user asked for. */
  refused(call: Call): void;
  /** A command of the user did not do what it should have. */
  complained(complaint: string): void;
}

/** What kubectl's clientsets may send: requests a second, and at first (client-go rest.DefaultQPS, DefaultBurst). */
const KUBECTL_QPS = 5;
const KUBECTL_BURST = 10;

/** Somebody with kubectl. Single requests have no rate limit; commands that make many of them have kubectl's. */
export class User {
  private readonly process: Process;
  private readonly clientOf: (qps: number, burst: number) => ApiClient;
  private readonly client: ApiClient;
  private readonly runner: TaskRunner;
  private readonly probe: UserProbe;
  /** What each object was applied as last; kubectl keeps that in an annotation of the object. */
  private readonly applied: Map<string, ApiObject>;

  constructor(process: Process, clientOf: (qps: number, burst: number) => ApiClient, probe: UserProbe) {
    this.process = process;
    this.clientOf = clientOf;
    this.client = clientOf(0, 0);
    this.runner = new TaskRunner(process);
    this.probe = probe;
    this.applied = new Map();
  }

  /**
   * Creates the objects in order, or makes those that exist as they are wanted now, by a number of clients that each wait
   * for their last answer. What `sourceOf` does not know is taken as it is.
   */
  apply(
    objects: readonly ApiObject[],
    clients: number,
    shapes: PodShapes,
    sourceOf: (object: ApiObject) => JsonObject | undefined = toManifest,
  ): void {
    const todo = objects[Symbol.iterator]();
    const manifestOf = (object: ApiObject): JsonObject => sourceOf(object) ?? toManifest(object);
    for (let i = 0; i < Math.min(clients, objects.length); i++)
      this.runner.start(this.applyNext(todo, shapes, manifestOf));
  }

  scale(kind: Kind, namespace: string, name: string, replicas: number): void {
    this.runner.start(this.one(this.client.patchNamed(kind, namespace, name, new Scale(replicas), 'scale')));
  }

  change(kind: Kind, namespace: string, name: string, change: Patch): void {
    this.runner.start(this.one(this.client.patchNamed(kind, namespace, name, change)));
  }

  delete(kind: Kind, namespace: string, name: string, options: DeleteOptions = {}): void {
    this.runner.start(this.one(this.client.deleteNamed(kind, namespace, name, options)));
  }

  rollout(verb: RolloutVerb, kind: Kind, namespace: string, name: string, toRevision: number): void {
    if (verb === 'undo') this.runner.start(this.undo(kind, namespace, name, toRevision));
    else if (verb === 'restart') {
      this.change(kind, namespace, name, new RolloutRestart(formatTimestamp(this.process.engine.nowNs)));
    } else this.change(kind, namespace, name, new RolloutPause(verb === 'pause'));
  }

  drain(nodes: readonly string[], options: DrainOptions): void {
    const client = (): ApiClient => this.clientOf(KUBECTL_QPS, KUBECTL_BURST);
    const clients = { core: client(), apps: client(), policy: client() };
    new Drain(this.process, clients, nodes, options, (complaint) => this.probe.complained(complaint)).start();
  }

  private *undo(kind: Kind, namespace: string, name: string, toRevision: number): Task {
    const complaint = yield* rollback(this.client, kind, namespace, name, toRevision);
    if (complaint !== '') this.probe.complained(`rollout undo of ${kind.name} ${namespace}/${name}: ${complaint}`);
  }

  private *one(call: Call): Task {
    yield call;
    if (!call.ok) this.probe.refused(call);
  }

  private *applyNext(
    todo: Iterator<ApiObject>,
    shapes: PodShapes,
    manifestOf: (object: ApiObject) => JsonObject,
  ): Task {
    for (let next = todo.next(); next.done !== true; next = todo.next()) {
      const object = next.value;
      let call = this.client.create(object);
      yield call;
      if (call.code === 409) {
        const last = this.applied.get(nameOf(object));
        const lastManifest = last === undefined ? {} : manifestOf(last);
        call = this.client.patch(object, new AppliedManifest(lastManifest, manifestOf(object), shapes));
        yield call;
      }
      if (call.ok) this.applied.set(nameOf(object), object);
      else this.probe.refused(call);
    }
  }
}

function nameOf({ kind, metadata }: ApiObject): string {
  return `${kind.id} ${metadata.namespace} ${metadata.name}`;
}
