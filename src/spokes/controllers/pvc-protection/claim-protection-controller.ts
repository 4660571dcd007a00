import { CLAIM_IN_USE } from '../../../api/finalizers.js';
import { POD } from '../../../api/kind.js';
import type { ObjectMeta } from '../../../api/meta.js';
import type { ApiObject } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import { claimNamesOf } from '../../../api/pod-claims.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import type { Task, Wait } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { ClaimUsers } from './claim-users.js';

export interface ClaimProtectionControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly claims: Informer<ApiObject>;
  readonly pods: Informer<Pod>;
}

/** Claims of one namespace that are to be looked at, and its key in the queue. */
interface Waiting {
  readonly key: number;
  readonly names: Set<string>;
}

/**
 * Lets a deleted PersistentVolumeClaim go once no pod that runs on a node has it (pkg/controller/volume/pvcprotection):
 * until then a finalizer holds it, which admission puts on. One worker takes the claims of a namespace together, so that
 * one LIST of its pods serves all that its cache knows no user of.
 */
export class ClaimProtectionController {
  private readonly parts: ClaimProtectionControllerParts;
  private readonly queue: WorkQueue;
  private readonly users: ClaimUsers;
  private readonly waiting: Map<string, Waiting>;
  /** By key. */
  private readonly namespaces: string[];

  constructor(parts: ClaimProtectionControllerParts) {
    const { process, claims, pods } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'pvcprotection', 1, (key) => this.sync(key));
    this.users = new ClaimUsers();
    this.waiting = new Map();
    this.namespaces = [];
    claims.addHandler({
      added: ({ metadata }) => this.claimChanged(metadata),
      updated: (_, { metadata }) => this.claimChanged(metadata),
      deleted: () => undefined,
    });
    pods.addHandler({
      added: (pod) => this.podChanged(pod, false),
      updated: (_, pod) => this.podChanged(pod, false),
      deleted: (pod) => this.podChanged(pod, true),
    });
  }

  private claimChanged(metadata: ObjectMeta): void {
    if (isUnprotected(metadata) || isToGo(metadata)) this.look(metadata.namespace, metadata.name);
  }

  /** One that runs on a node keeps its claims whatever happens to it. */
  private podChanged(pod: Pod, deleted: boolean): void {
    const { spec, status, metadata } = pod;
    if (spec.shape.spec.volumes === undefined) return;
    this.users.changed(pod, deleted);
    const hasEnded = status.phase === 'Succeeded' || status.phase === 'Failed';
    if (!deleted && !hasEnded && spec.nodeName !== '') return;
    for (const name of claimNamesOf(spec.shape)) this.look(metadata.namespace, name);
  }

  private look(namespace: string, name: string): void {
    let waiting = this.waiting.get(namespace);
    if (waiting === undefined) {
      waiting = { key: this.namespaces.length, names: new Set() };
      this.namespaces.push(namespace);
      this.waiting.set(namespace, waiting);
    }
    waiting.names.add(name);
    this.queue.add(waiting.key);
  }

  private *sync(key: number): Task {
    const namespace = this.namespaces[key]!;
    const { names } = this.waiting.get(namespace)!;
    const taken = [...names];
    names.clear();
    let listed: readonly Pod[] | undefined;
    for (const name of taken) {
      const claim = this.parts.claims.cache.get(namespace, name);
      let done = true;
      if (claim !== undefined && isUnprotected(claim.metadata)) done = yield* this.protect(claim);
      else if (claim !== undefined && isToGo(claim.metadata) && !this.users.has(claim.metadata)) {
        listed ??= yield* this.podsOf(namespace);
        done = listed !== undefined && (listed.some((pod) => uses(pod, name)) || (yield* this.release(claim)));
      }
      if (!done) names.add(name);
    }
    if (names.size === 0) this.queue.forget(key);
    else this.queue.addRateLimited(key);
  }

  /** The cache may not have heard of a pod yet: the latest state has. */
  private *podsOf(namespace: string): Generator<Wait, readonly Pod[] | undefined, void> {
    const call = this.parts.client.list(POD, '', ({ metadata }) => metadata.namespace === namespace);
    yield call;
    return call.ok ? (call.items as readonly Pod[]) : undefined;
  }

  /** One that was there before there was anybody to protect it. */
  private *protect(claim: ApiObject): Generator<Wait, boolean, void> {
    return yield* this.write(claim, [...claim.metadata.finalizers, CLAIM_IN_USE]);
  }

  private *release(claim: ApiObject): Generator<Wait, boolean, void> {
    const rest = claim.metadata.finalizers.filter((each) => each !== CLAIM_IN_USE);
    return yield* this.write(claim, rest);
  }

  private *write(claim: ApiObject, finalizers: readonly string[]): Generator<Wait, boolean, void> {
    const call = this.parts.client.update(claim.withMetadata(claim.metadata.with({ finalizers })));
    yield call;
    return call.ok;
  }
}

function isUnprotected({ deleting, finalizers }: ObjectMeta): boolean {
  return !deleting && !finalizers.includes(CLAIM_IN_USE);
}

function isToGo({ deleting, finalizers }: ObjectMeta): boolean {
  return deleting && finalizers.includes(CLAIM_IN_USE);
}

/** One that no kubelet has seen yet will not be started with a claim that is going. */
function uses({ spec }: Pod, claimName: string): boolean {
  return spec.nodeName !== '' && claimNamesOf(spec.shape).includes(claimName);
}
