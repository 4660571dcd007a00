import { Call, type CallBody, type Caller, type DeleteOptions, type Verb, type WatchOptions } from '../api/call.js';
import { type Kind, POD } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import type { Pod } from '../api/pod.js';
import type { Engine, EventKind } from '../engine/index.js';
import { Binding } from './binding.js';
import type { Connection } from './connection.js';
import type { TokenBucket } from './token-bucket.js';

/**
 * A client of the API server with an identity and a rate limiter of its own. Every method returns at once with a
 * {@link Call} under way: tasks `yield` it, others set `answerTo`.
 */
export class ApiClient {
  readonly caller: Caller;
  private readonly engine: Engine;
  private readonly connection: Connection;
  private readonly bucket: TokenBucket;
  private readonly tokenKind: EventKind;
  private readonly waiting: (Call | undefined)[];
  private readonly free: number[];

  constructor(engine: Engine, caller: Caller, connection: Connection, bucket: TokenBucket) {
    this.engine = engine;
    this.caller = caller;
    this.connection = connection;
    this.bucket = bucket;
    this.tokenKind = engine.register(`${caller.name}: rate limiter`, (row) => this.release(row), 'limiter');
    this.waiting = [];
    this.free = [];
  }

  create(object: ApiObject): Call {
    return this.call('create', object.kind, '', object.metadata.namespace, object.metadata.name, object);
  }

  /** Replaces metadata and spec; loses with 409 when the object is no longer at `object.revision`. */
  update(object: ApiObject): Call {
    return this.call('update', object.kind, '', object.metadata.namespace, object.metadata.name, object);
  }

  /** Replaces the status; loses with 409 when the object is no longer at `object.revision`. */
  updateStatus(object: ApiObject): Call {
    return this.call('update', object.kind, 'status', object.metadata.namespace, object.metadata.name, object);
  }

  /** Applies a patch to whatever version the server has; never conflicts. */
  patch(object: ApiObject, patch: Patch, subresource: '' | 'status' | 'scale' = ''): Call {
    return this.call('patch', object.kind, subresource, object.metadata.namespace, object.metadata.name, patch);
  }

  /** A patch to an object that the caller knows by name alone. */
  patchNamed(
    kind: Kind,
    namespace: string,
    name: string,
    patch: Patch,
    subresource: '' | 'status' | 'scale' = '',
  ): Call {
    return this.call('patch', kind, subresource, namespace, name, patch);
  }

  delete(object: ApiObject, options: DeleteOptions = {}): Call {
    return this.call('delete', object.kind, '', object.metadata.namespace, object.metadata.name, options);
  }

  deleteNamed(kind: Kind, namespace: string, name: string, options: DeleteOptions = {}): Call {
    return this.call('delete', kind, '', namespace, name, options);
  }

  /** Reads one object from the store (a GET without resourceVersion, kubernetes-facts T11). */
  get(kind: Kind, namespace: string, name: string): Call {
    return this.call('get', kind, '', namespace, name, undefined);
  }

  list(kind: Kind): Call {
    return this.call('list', kind, '', '', '', undefined);
  }

  watch(kind: Kind, options: WatchOptions): Call {
    return this.call('watch', kind, '', '', '', options);
  }

  /** POST pods/binding. */
  bind(pod: Pod, nodeName: string): Call {
    return this.call('create', POD, 'binding', pod.metadata.namespace, pod.metadata.name, new Binding(nodeName));
  }

  private call(verb: Verb, kind: Kind, subresource: string, namespace: string, name: string, body: CallBody): Call {
    const { engine } = this;
    const call = new Call(this.caller, verb, kind, subresource, namespace, name, body, engine.inChore, engine.nowNs);
    const waitNs = this.bucket.reserve(engine.nowNs);
    if (waitNs === 0) this.connection.send(call);
    else this.park(call, waitNs);
    return call;
  }

  private park(call: Call, waitNs: number): void {
    const row = this.free.pop() ?? this.waiting.length;
    this.waiting[row] = call;
    this.engine.schedule(waitNs, this.tokenKind, row);
  }

  private release(row: number): void {
    const call = this.waiting[row]!;
    this.waiting[row] = undefined;
    this.free.push(row);
    this.connection.send(call);
  }
}
