import { parseDuration } from '../../api/duration.js';
import type { Kind } from '../../api/kind.js';
import { controllerOf } from '../../api/meta.js';
import type { ApiObject } from '../../api/object.js';
import { type Task, work } from '../../client/task.js';
import { WorkQueue } from '../../client/work-queue.js';
import { KeyTable } from './key-table.js';
import { type Ending, reconciliation } from './reconciliation.js';
import { SpokeClient } from './spoke-client.js';
import type { ReconcileKey, SpokeDefinition, Watch } from './spoke-definition.js';
import { SpokeError } from './spoke-error.js';
import type { SpokeLinks } from './spoke-links.js';

/** Where in the user's own file an error was thrown; `''` where that is not known. */
export type Locate = (error: Error) => string;

/**
 * One copy of a spoke written outside: informers, a work queue and workers that run the user's code, as
 * controller-runtime has them. It works while `leads()`; what it has missed meanwhile it looks at when it begins to.
 */
export class CustomSpoke {
  private readonly definition: SpokeDefinition;
  private readonly links: SpokeLinks;
  private readonly leads: () => boolean;
  private readonly locate: Locate;
  private readonly primary: Kind;
  private readonly keys: KeyTable;
  private readonly queue: WorkQueue;

  constructor(definition: SpokeDefinition, links: SpokeLinks, leads: () => boolean, locate: Locate) {
    const { process, kinds } = links;
    this.definition = definition;
    this.links = links;
    this.leads = leads;
    this.locate = locate;
    this.primary = kinds.find(definition.primary.apiVersion, definition.primary.kind)!;
    this.keys = new KeyTable();
    this.queue = new WorkQueue(process, process.name, definition.workers, (key) => this.sync(key));
    for (const watch of definition.watches) this.follow(watch);
  }

  /** The spoke has become the leader: whatever there is may need work. */
  takeOver(): void {
    for (const watch of this.definition.watches) {
      for (const object of this.informerOf(watch).cache.values()) this.enqueue(watch, object);
    }
  }

  private informerOf({ kind }: Watch) {
    return this.links.informers.get(this.links.kinds.find(kind.apiVersion, kind.kind)!)!;
  }

  private follow(watch: Watch): void {
    this.informerOf(watch).addHandler({
      added: (object) => this.heard(watch, object),
      updated: (previous, object) => {
        // Whoever loses an object needs to know as much as whoever gets it.
        if (watch.enqueue === 'owner' && previous.metadata.ownerReferences !== object.metadata.ownerReferences)
          this.heard(watch, previous);
        this.heard(watch, object);
      },
      deleted: (object) => this.heard(watch, object),
    });
  }

  private heard(watch: Watch, object: ApiObject): void {
    if (this.leads()) this.enqueue(watch, object);
  }

  private enqueue({ enqueue }: Watch, object: ApiObject): void {
    const { namespace, name } = object.metadata;
    if (enqueue === 'self') this.queue.add(this.keys.numberOf(namespace, name));
    else if (enqueue === 'owner') {
      const owner = controllerOf(object.metadata);
      if (owner?.kindId !== this.primary.id) return;
      this.queue.add(this.keys.numberOf(this.primary.namespaced ? namespace : '', owner.name));
    } else if (enqueue !== 'nobody') {
      for (const key of enqueue(this.links.codec.show(object)))
        this.queue.add(this.keys.numberOf(this.primary.namespaced ? (key.namespace ?? 'default') : '', key.name));
    }
  }

  private *sync(number: number): Task {
    if (!this.leads()) return;
    const key = this.keys.keyOf(number);
    const { reconcile, reconcileCostNs } = this.definition;
    if (reconcileCostNs > 0) yield work(reconcileCostNs);
    const client = new SpokeClient(this.links, textOf(key));
    const ending = yield* reconciliation(
      () => reconcile(key, client),
      (error) => this.failure(key, error),
    );
    this.settle(number, key, ending);
  }

  /** What controller-runtime does with the outcome of a reconciliation. */
  private settle(number: number, key: ReconcileKey, { result, refusal }: Ending): void {
    if (refusal !== undefined || result.requeue === true) {
      this.queue.addRateLimited(number);
      return;
    }
    this.queue.forget(number);
    const { requeueAfter, chore } = result;
    if (requeueAfter === undefined) return;
    const isChore = chore ?? this.isSettled(key);
    this.queue.addAfter(number, parseDuration(requeueAfter), isChore);
    // An earlier look may be due still, from when the object was not as desired.
    if (isChore) this.queue.demote(number);
  }

  /** Whether nobody waits for the object to become as desired. */
  private isSettled({ namespace, name }: ReconcileKey): boolean {
    const object = this.links.informers.get(this.primary)?.cache.get(namespace, name);
    return object === undefined || (this.primary.asDesired?.(object) ?? true);
  }

  private failure(key: ReconcileKey, error: unknown): Error {
    if (error instanceof SpokeError) return error;
    const { name, engine } = this.links.process;
    const problem = error instanceof Error ? `${error.name}: ${error.message}${this.locate(error)}` : String(error);
    return new SpokeError(name, textOf(key), problem, engine.nowNs);
  }
}

function textOf({ namespace, name }: ReconcileKey): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
