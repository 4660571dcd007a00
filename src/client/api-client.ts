import {
  type AnswerTaker,
  Call,
  type CallBody,
  type Caller,
  type DeleteOptions,
  type ListRequest,
  type Verb,
  type WatchOptions,
} from '../api/call.js';
import { type Kind, POD } from '../api/kind.js';
import type { Namespace } from '../api/namespace.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import type { Pod } from '../api/pod.js';
import type { Engine, EventKind, QueueAudit } from '../engine/index.js';
import { Binding } from './binding.js';
import type { Connection } from './connection.js';
import type { TokenBucket } from './token-bucket.js';

/** A call that is told to come back later is tried again so often (rest/request.go maxRetries). */
const RETRIES_MAX = 10;

/**
 * A client of the API server with an identity and a rate limiter of its own. Every method returns at once with a
 * {@link Call} under way: tasks `yield` it, others set `answerTo`. A call that is refused with a Retry-After is sent
 * again after that time, and takes another token; whoever waits for it does not notice (rest/with_retry.go). A client that
 * speaks for all kubelets is told of which `node` a call is.
 */
export class ApiClient implements AnswerTaker {
  readonly caller: Caller;
  private readonly engine: Engine;
  private readonly connection: Connection;
  private readonly bucket: TokenBucket;
  private readonly tokenKind: EventKind;
  private readonly retryKind: EventKind;
  /** A call that finds no server is sent again so much later; 0 = it fails, with code 0. */
  private readonly reconnectNs: number;
  private readonly waiting: (Call | undefined)[];
  private readonly free: number[];
  private readonly audit: QueueAudit | undefined;

  constructor(engine: Engine, caller: Caller, connection: Connection, bucket: TokenBucket, reconnectNs = 0) {
    this.engine = engine;
    this.caller = caller;
    this.connection = connection;
    this.bucket = bucket;
    this.tokenKind = engine.register(`${caller.name}: rate limiter`, (row) => this.send(this.take(row)), 'limiter');
    this.retryKind = engine.register(`${caller.name}: Retry-After`, (row) => this.throttle(this.take(row)), 'timer');
    this.reconnectNs = reconnectNs;
    this.waiting = [];
    this.free = [];
    this.audit = engine.audit?.queue(
      engine,
      `${caller.name} as ${caller.user}: rate limiter and Retry-After`,
      () => this.waiting.length - this.free.length,
    );
  }

  create(object: ApiObject, node = -1): Call {
    return this.call('create', object.kind, '', object.metadata.namespace, object.metadata.name, object, -1, node);
  }

  /** Replaces metadata and spec; loses with 409 when the object is no longer at `object.revision`. */
  update(object: ApiObject, node = -1): Call {
    return this.call('update', object.kind, '', object.metadata.namespace, object.metadata.name, object, -1, node);
  }

  /** Replaces the status; loses with 409 when the object is no longer at `object.revision`. */
  updateStatus(object: ApiObject): Call {
    return this.call('update', object.kind, 'status', object.metadata.namespace, object.metadata.name, object);
  }

  /** Applies a patch to whatever version the server has; never conflicts. */
  patch(object: ApiObject, patch: Patch, subresource: '' | 'status' | 'scale' = '', node = -1): Call {
    return this.callFor(object, 'patch', subresource, patch, node);
  }

  /** A patch to an object that the caller knows by name alone. */
  patchNamed(
    kind: Kind,
    namespace: string,
    name: string,
    patch: Patch,
    subresource: '' | 'status' | 'scale' = '',
    node = -1,
  ): Call {
    return this.call('patch', kind, subresource, namespace, name, patch, -1, node);
  }

  delete(object: ApiObject, options: DeleteOptions = {}, node = -1): Call {
    return this.callFor(object, 'delete', '', options, node);
  }

  deleteNamed(kind: Kind, namespace: string, name: string, options: DeleteOptions = {}): Call {
    return this.call('delete', kind, '', namespace, name, options);
  }

  /** Deletes all objects of a kind in a namespace, one after the other at the server. */
  deleteCollection(kind: Kind, namespace: string, options: DeleteOptions): Call {
    return this.call('delete', kind, '', namespace, '', options);
  }

  /** Replaces a namespace with one that has fewer finalizers; loses with 409 when it has moved on. */
  finalize(namespace: Namespace): Call {
    return this.call('update', namespace.kind, 'finalize', '', namespace.metadata.name, namespace);
  }

  /** Reads one object: `''` from the store (kubernetes-facts T11), `'0'` whatever the server has at hand, a revision what is no older. */
  get(kind: Kind, namespace: string, name: string, resourceVersion = '', node = -1): Call {
    const request = resourceVersion === '' ? undefined : { resourceVersion };
    return this.call('get', kind, '', namespace, name, request, -1, node);
  }

  /** Reads all objects of a kind: `''` the latest state, `'0'` whatever the server has at hand. */
  list(kind: Kind, resourceVersion: string, selects?: (object: ApiObject) => boolean): Call {
    return this.listBy(kind, selects === undefined ? { resourceVersion } : { resourceVersion, selects });
  }

  /** Reads objects of a kind, in pages or by labels as the request says. */
  listBy(kind: Kind, request: ListRequest): Call {
    return this.call('list', kind, '', '', '', request);
  }

  watch(kind: Kind, options: WatchOptions): Call {
    return this.call('watch', kind, '', '', '', options);
  }

  /** POST pods/binding. */
  bind(pod: Pod, nodeName: string): Call {
    return this.callFor(pod, 'create', 'binding', new Binding(nodeName));
  }

  /** POST pods/eviction: a deletion that heeds the pod's budget; 429 when there is nothing left of it. */
  evict({ metadata }: Pod, options: DeleteOptions = {}): Call {
    return this.call('create', POD, 'eviction', metadata.namespace, metadata.name, options);
  }

  /** The answer of a call has come off the wire. */
  answered(call: Call): void {
    if (this.reconnectNs > 0 && isUnserved(call)) {
      call.refresh();
      this.engine.schedule(this.reconnectNs, this.retryKind, this.park(call));
      return;
    }
    if (call.retryAfterSeconds > 0 && call.attempts <= RETRIES_MAX) {
      const waitNs = call.retryAfterSeconds * 1e9;
      call.refresh();
      this.engine.schedule(waitNs, this.retryKind, this.park(call));
      return;
    }
    call.done = true;
    call.answerTo?.answered(call);
  }

  /** A call to an object that the caller knows. */
  private callFor(object: ApiObject, verb: Verb, subresource: string, body: CallBody, node = -1): Call {
    const { kind, id, metadata } = object;
    return this.call(verb, kind, subresource, metadata.namespace, metadata.name, body, id, node);
  }

  private call(
    verb: Verb,
    kind: Kind,
    subresource: string,
    namespace: string,
    name: string,
    body: CallBody,
    targetId = -1,
    node = -1,
  ): Call {
    const { engine } = this;
    const call = new Call(this.caller, verb, kind, subresource, namespace, name, body, engine.inChore, engine.nowNs);
    call.targetId = targetId;
    call.node = node;
    call.sender = this;
    this.throttle(call);
    return call;
  }

  private throttle(call: Call): void {
    const waitNs = this.bucket.reserve(this.engine.nowNs);
    if (waitNs === 0) this.send(call);
    else this.engine.schedule(waitNs, this.tokenKind, this.park(call));
  }

  private send(call: Call): void {
    call.attempts++;
    this.connection.send(call);
  }

  private park(call: Call): number {
    this.audit?.look();
    const row = this.free.pop() ?? this.waiting.length;
    this.waiting[row] = call;
    this.audit?.enter(row);
    return row;
  }

  private take(row: number): Call {
    this.audit?.leave(row);
    const call = this.waiting[row]!;
    this.waiting[row] = undefined;
    this.free.push(row);
    return call;
  }
}

/**
 * Whether there was no server, or none behind it, or none in time, or one so new that it did not know yet what is allowed:
 * what admission forbids it gives reasons for.
 */
function isUnserved({ code, verb, message }: Call): boolean {
  const isNew = code === 403 && verb !== 'create' && message === '';
  return verb !== 'watch' && (code === 0 || code === 500 || code === 504 || isNew);
}
