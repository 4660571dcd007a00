import type { Call, ListRequest } from '../../api/call.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Task } from '../../client/task.js';
import type { LoadOrder } from './load-order.js';

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

/** The requests of one load: what each is about, and what is known of the objects from the answers. */
export class Requests {
  private readonly client: ApiClient;
  private readonly order: LoadOrder;
  /** The newest version known of each target, in their order. */
  private readonly versions: ApiObject[];
  sent: number;
  private listing: ListRequest;

  constructor(client: ApiClient, order: LoadOrder) {
    this.client = client;
    this.order = order;
    this.versions = [...order.targets];
    this.sent = 0;
    const { resourceVersion, limit = 0, selects, exact = false } = order;
    const selecting = selects === undefined ? {} : { selects, scans: true };
    this.listing = { resourceVersion, limit, ...selecting, exact: exact && resourceVersion !== '' };
  }

  /** The target of a client's turn: its own ones over and over, or the next one where each can be had but once. */
  targetOf(client: number, turn: number): number {
    const { targets, clients, verb } = this.order;
    if (targets.length === 0) return -1;
    if (verb === 'create' || verb === 'delete') return this.sent;
    return (client + turn * clients) % targets.length;
  }

  /** The next request in order; `undefined` when there is no target left. */
  send(target: number): Call | undefined {
    const call = this.call(target);
    if (call !== undefined) this.sent++;
    return call;
  }

  private call(target: number): Call | undefined {
    const { client, order } = this;
    const { verb, kind, subresource, template, rival, asked } = order;
    if (rival !== undefined) return client.patchNamed(kind, rival.namespace, rival.name, new Touch(this.sent));
    if (asked !== undefined) return client.get(kind, asked.namespace, asked.name, order.resourceVersion);
    if (verb === 'list') return client.listBy(kind, this.listing);
    if (verb === 'create' && subresource === '') return client.create(template!.copy(this.sent));
    const object = this.versions[target];
    if (object === undefined) return undefined;
    switch (verb) {
      case 'create':
        return client.bind(object as Pod, NODE_NAME);
      case 'get':
        return client.get(kind, object.metadata.namespace, object.metadata.name, order.resourceVersion);
      case 'update':
        return client.update(new Touch(this.sent).apply(object));
      case 'patch':
        return client.patch(object, new Touch(this.sent), subresource as '' | 'status' | 'scale');
      default:
        return client.delete(object);
    }
  }

  /**
   * The next page of a LIST that was answered in part. When the state of the pages before can no longer be had, the whole list
   * is read at once in its place (client-go tools/pager, FullListIfExpired).
   */
  nextPage({ code, continuation }: Call): Call | undefined {
    if (continuation === undefined) return undefined;
    this.sent++;
    const { listing } = this;
    const rest =
      code === 410 ? { ...listing, limit: 0 } : { ...listing, exact: false, resourceVersion: '', continuation };
    return this.client.listBy(this.order.kind, rest);
  }

  /** A LIST has been answered: who wants that state again and again names its revision, until it is gone. */
  private pin({ ok, code, revision }: Call): void {
    const { exact, resourceVersion } = this.order;
    if (exact !== true || resourceVersion !== '') return;
    if (code === 410) this.listing = { ...this.listing, exact: false, resourceVersion: '' };
    else if (ok && !this.listing.exact)
      this.listing = { ...this.listing, exact: true, resourceVersion: String(revision) };
  }

  /** A write was answered with the version it made; one that lost to another writer reads anew. A LIST tells its revision. */
  *learn(target: number, call: Call): Task {
    if (call.verb === 'list') this.pin(call);
    if (target < 0) return;
    if (call.ok && call.object !== undefined) this.versions[target] = call.object;
    if (call.code !== 409 || call.verb !== 'update') return;
    const { namespace, name } = this.versions[target]!.metadata;
    const read = this.client.get(call.kind, namespace, name);
    yield read;
    if (read.ok) this.versions[target] = read.object!;
  }
}
