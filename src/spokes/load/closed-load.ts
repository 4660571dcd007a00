import type { Call } from '../../api/call.js';
import { ObjectMeta } from '../../api/meta.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Process } from '../../client/process.js';
import { type Task, TaskRunner } from '../../client/task.js';
import type { LoadOrder } from './load-order.js';

/** Who hears of a load's requests. */
export interface LoadProbe {
  /** A request of a load has been answered. */
  loadAnswered(call: Call, nowNs: number): void;
}

/** The node that pods are bound to: nobody checks that there is one. */
const NODE_NAME = 'node-0000';

/** Changes an annotation, so that the write is one. */
class Touch implements Patch {
  private readonly mark: string;

  constructor(mark: number) {
    this.mark = String(mark);
  }

  apply(current: ApiObject): ApiObject {
    const annotations = Object.freeze({ ...current.metadata.annotations, 'hubsim/touched': this.mark });
    return current.withMetadata(current.metadata.with({ annotations }));
  }
}

/**
 * A closed loop: clients that each send the next request when the last one was answered, until the requests, the time
 * or the objects run out.
 */
export class ClosedLoad {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly order: LoadOrder;
  private readonly probe: LoadProbe;
  private readonly runner: TaskRunner;
  /** The newest version known of each target, in their order. */
  private readonly versions: ApiObject[];
  private sent: number;

  constructor(process: Process, client: ApiClient, order: LoadOrder, probe: LoadProbe) {
    this.process = process;
    this.client = client;
    this.order = order;
    this.probe = probe;
    this.runner = new TaskRunner(process);
    this.versions = [...order.targets];
    this.sent = 0;
  }

  start(): void {
    const { clients, forNs } = this.order;
    const untilNs = forNs < 0 ? Number.POSITIVE_INFINITY : this.process.engine.nowNs + forNs;
    for (let i = 0; i < clients; i++) this.runner.start(this.loop(i, untilNs));
  }

  private *loop(client: number, untilNs: number): Task {
    const { engine } = this.process;
    for (let turn = 0; engine.nowNs < untilNs && this.sent !== this.order.count; turn++) {
      const target = this.targetOf(client, turn);
      const call = this.send(target);
      if (call === undefined) return;
      this.sent++;
      yield call;
      this.probe.loadAnswered(call, engine.nowNs);
      if (target >= 0) yield* this.learn(target, call);
    }
  }

  /** The target of a client's turn: its own ones over and over, or the next one where each can be had but once. */
  private targetOf(client: number, turn: number): number {
    const { targets, clients, verb } = this.order;
    if (targets.length === 0) return -1;
    if (verb === 'create' || verb === 'delete') return this.sent;
    return (client + turn * clients) % targets.length;
  }

  /** `undefined` when there is no target left. */
  private send(target: number): Call | undefined {
    const { client, order } = this;
    const { verb, kind, subresource, template } = order;
    if (verb === 'list') return client.list(kind, order.resourceVersion);
    if (verb === 'create' && subresource === '') return client.create(this.copy(template!));
    const object = this.versions[target];
    if (object === undefined) return undefined;
    switch (verb) {
      case 'create':
        return client.bind(object as Pod, NODE_NAME);
      case 'get':
        return client.get(kind, object.metadata.namespace, object.metadata.name);
      case 'update':
        return client.update(new Touch(this.sent).apply(object));
      case 'patch':
        return client.patch(object, new Touch(this.sent), subresource as '' | 'status' | 'scale');
      case 'delete':
        return client.delete(object);
    }
  }

  /** A write was answered with the version it made; one that lost to another writer reads anew. */
  private *learn(target: number, call: Call): Task {
    if (call.ok && call.object !== undefined) this.versions[target] = call.object;
    if (call.code !== 409 || call.verb !== 'update') return;
    const { namespace, name } = this.versions[target]!.metadata;
    const read = this.client.get(call.kind, namespace, name);
    yield read;
    if (read.ok) this.versions[target] = read.object!;
  }

  private copy(template: ApiObject): ApiObject {
    const { metadata } = template;
    return template.withMetadata(new ObjectMeta({ ...metadata, name: `${metadata.name}-${this.sent}` }));
  }
}
