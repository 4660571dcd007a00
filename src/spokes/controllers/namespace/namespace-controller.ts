import { type Kind, POD } from '../../../api/kind.js';
import type { Namespace } from '../../../api/namespace.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import { RetryLimiter } from '../../../client/retry-limiter.js';
import type { Task } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { emptyNamespace } from './namespace-emptying.js';

/** Time for other API servers to hear of a deletion (namespaceDeletionGracePeriod). */
const GRACE_NS = 5e9;
/** A failed deletion is tried again so soon, and at least so often (nsControllerRateLimiter). */
const RETRY_MIN_NS = 5e6;
const RETRY_MAX_NS = 60e9;

export interface NamespaceControllerParts {
  readonly process: Process;
  /** 20 times the controllers' rate and 100 times their burst: it makes many requests. */
  readonly client: ApiClient;
  readonly namespaces: Informer<Namespace>;
  /** All kinds that have a namespace. */
  readonly kinds: readonly Kind[];
  /** Whether pods go before all else, as they do since 1.33. */
  readonly podsFirst: boolean;
  /** `--concurrent-namespace-syncs`. */
  readonly workers: number;
}

/**
 * Deletes what is in namespaces that end, pods first, then lets them go (pkg/controller/namespace, with
 * OrderedNamespaceDeletion).
 */
export class NamespaceController {
  private readonly parts: NamespaceControllerParts;
  private readonly queue: WorkQueue;
  private readonly others: readonly Kind[];

  constructor(parts: NamespaceControllerParts) {
    this.parts = parts;
    this.others = parts.podsFirst ? parts.kinds.filter((kind) => kind !== POD) : parts.kinds;
    const sync = (id: number): Task => this.sync(id);
    this.queue = new WorkQueue(
      parts.process,
      'namespace',
      parts.workers,
      sync,
      new RetryLimiter(RETRY_MIN_NS, RETRY_MAX_NS),
    );
    parts.namespaces.addHandler({
      added: (namespace) => this.heard(namespace),
      updated: (_, namespace) => this.heard(namespace),
      deleted: () => undefined,
    });
  }

  private heard({ id, metadata }: Namespace): void {
    if (metadata.deleting) this.queue.addAfter(id, GRACE_NS);
  }

  private *sync(id: number): Task {
    const namespace = this.parts.namespaces.cache.byId(id);
    if (namespace === undefined) return;
    const { client, process, podsFirst } = this.parts;
    const left = yield* emptyNamespace(client, namespace, podsFirst, this.others, () => process.engine.nowNs);
    if (left === 'failed') this.queue.addRateLimited(id);
    else this.queue.forget(id);
    // Half the time that pods may still take.
    if (typeof left === 'number' && left > 0) this.queue.addAfter(id, (Math.floor(left / 2) + 1) * 1e9);
  }
}
