import type { Kind } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import type { Namespace } from '../../../api/namespace.js';
import { type ApiObject, draft, type ExtraFields } from '../../../api/object.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import type { Task } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';

export interface NamespaceCompanionParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly namespaces: Informer<Namespace>;
  /** Of the kind that each namespace gets one object of. */
  readonly companions: Informer<ApiObject>;
  readonly name: string;
  readonly content?: ExtraFields;
}

/** How often it looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

/**
 * Sees to it that every namespace has an object of a name: the ServiceAccount `default`
 * (pkg/controller/serviceaccount/serviceaccounts_controller.go) or the ConfigMap with the cluster's certificate
 * (pkg/controller/certificates/rootcacertpublisher). One worker each.
 */
export class NamespaceCompanion {
  private readonly parts: NamespaceCompanionParts;
  private readonly queue: WorkQueue;

  constructor(parts: NamespaceCompanionParts) {
    const { process, namespaces, companions, name } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, `${name} of namespaces`, 1, (id) => this.sync(id));
    namespaces.addHandler({
      added: ({ id }) => this.queue.add(id),
      updated: ({ id }) => this.queue.add(id),
      deleted: () => undefined,
    });
    companions.addHandler({
      added: () => undefined,
      updated: () => undefined,
      deleted: ({ metadata }) => this.companionDeleted(metadata),
    });
  }

  private companionDeleted({ namespace, name }: ObjectMeta): void {
    const home = name === this.parts.name ? this.parts.namespaces.cache.get('', namespace) : undefined;
    if (home !== undefined) this.queue.add(home.id);
  }

  private *sync(id: number): Task {
    const { client, namespaces, companions, name, content } = this.parts;
    if (!namespaces.synced || !companions.synced) {
      this.queue.addAfter(id, CACHE_SYNC_POLL_NS);
      return;
    }
    const home = namespaces.cache.byId(id);
    if (home === undefined || home.status.phase !== 'Active') return;
    const namespace = home.metadata.name;
    if (companions.cache.get(namespace, name) !== undefined) return;
    const kind: Kind = companions.kind;
    const call = client.create(draft(kind, ObjectMeta.of({ namespace, name }), undefined, undefined, content));
    yield call;
    const settled = call.ok || call.reason === 'AlreadyExists' || call.reason === 'NamespaceTerminating';
    if (settled) this.queue.forget(id);
    else this.queue.addRateLimited(id);
  }
}
