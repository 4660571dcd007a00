import { DEPLOYMENT, REPLICA_SET } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { Pod } from '../../../api/pod.js';
import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import type { ApiClient } from '../../../client/api-client.js';
import { type Claim, ControllerRefManager } from '../../../client/controller-ref-manager.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import type { Step } from '../../../client/step.js';
import { afterWork, type Task } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { DeploymentSync } from './deployment-sync.js';
import type { DeploymentWorld } from './deployment-world.js';
import { GoDump } from './go-dump.js';
import { KnownRoles } from './known-roles.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

/** Failed syncs in a row after which a Deployment is left alone until it changes (maxRetries). */
const RETRIES_MAX = 15;

export interface DeploymentControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly deployments: Informer<Deployment>;
  readonly replicaSets: Informer<ReplicaSet>;
  readonly pods: Informer<Pod>;
  /** `--concurrent-deployment-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/** Rolls Deployments out by creating and scaling ReplicaSets (pkg/controller/deployment). */
export class DeploymentController {
  private readonly parts: DeploymentControllerParts;
  private readonly queue: WorkQueue;
  private readonly world: DeploymentWorld;
  private readonly refs: ControllerRefManager<Deployment, ReplicaSet>;

  constructor(parts: DeploymentControllerParts) {
    const { process, client, events, deployments, replicaSets, pods, workers } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'deployment', workers, (key) => this.sync(key));
    this.world = {
      clock: process,
      client,
      events,
      dump: new GoDump(),
      roles: new KnownRoles(),
      replicaSetNamed: (namespace, name) => replicaSets.cache.get(namespace, name),
      hasUnfinishedPods: ({ id }) => this.hasUnfinishedPods(id),
    };
    this.refs = new ControllerRefManager(client, deployments, replicaSets, ({ id }) => this.queue.add(id));
    deployments.addHandler({
      added: ({ id }) => this.queue.add(id),
      updated: (_, { id }) => this.queue.add(id),
      deleted: ({ id }) => this.queue.add(id),
    });
    replicaSets.addHandler({
      added: (replicaSet) => this.replicaSetChanged(undefined, replicaSet),
      updated: (previous, replicaSet) => this.replicaSetChanged(previous, replicaSet),
      deleted: (replicaSet) => this.wakeOwnerOf(replicaSet),
    });
    pods.addHandler({ added: () => undefined, updated: () => undefined, deleted: (pod) => this.podDeleted(pod) });
  }

  private replicaSetChanged(previous: ReplicaSet | undefined, replicaSet: ReplicaSet): void {
    const owners = replicaSet.metadata.ownerReferences;
    if (previous !== undefined && previous.metadata.ownerReferences !== owners) this.wakeOwnerOf(previous);
    this.wakeOwnerOf(replicaSet);
    this.refs.noticed(previous, replicaSet);
  }

  private wakeOwnerOf(replicaSet: ReplicaSet): void {
    const deployment = this.ownerOf(replicaSet);
    if (deployment !== undefined) this.queue.add(deployment.id);
  }

  /** A Recreate Deployment waits for its last old pod to be gone. */
  private podDeleted(pod: Pod): void {
    const owner = controllerOf(pod.metadata);
    if (owner === undefined || owner.kindId !== REPLICA_SET.id) return;
    const replicaSet = this.parts.replicaSets.cache.byId(owner.id);
    const deployment = replicaSet === undefined ? undefined : this.ownerOf(replicaSet);
    if (deployment === undefined || deployment.spec.strategy !== 'Recreate') return;
    const siblings = this.parts.replicaSets.cache.ownedBy(DEPLOYMENT.id, deployment.id);
    for (const id of siblings.keys()) if (this.parts.pods.cache.ownedBy(REPLICA_SET.id, id).size > 0) return;
    this.queue.add(deployment.id);
  }

  private ownerOf(replicaSet: ReplicaSet): Deployment | undefined {
    const owner = controllerOf(replicaSet.metadata);
    if (owner === undefined || owner.kindId !== DEPLOYMENT.id) return undefined;
    return this.parts.deployments.cache.byId(owner.id);
  }

  private hasUnfinishedPods(replicaSetId: number): boolean {
    for (const { status } of this.parts.pods.cache.ownedBy(REPLICA_SET.id, replicaSetId).values())
      if (status.phase !== 'Succeeded' && status.phase !== 'Failed') return true;
    return false;
  }

  private sync(key: number): Task | undefined {
    const { deployments, replicaSets, pods, syncNs } = this.parts;
    if (!deployments.synced || !replicaSets.synced || !pods.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return undefined;
    }
    return syncNs > 0 ? afterWork(syncNs, () => this.look(key)) : this.look(key);
  }

  /** Syncs at once; what there is to wait for, as a task. */
  private look(key: number): Task | undefined {
    const deployment = this.parts.deployments.cache.byId(key);
    if (deployment === undefined) {
      this.queue.forget(key);
      this.world.roles.forget(key);
      return undefined;
    }
    const owned = this.parts.replicaSets.cache.ownedBy(DEPLOYMENT.id, key).values();
    const claim = this.refs.settled(deployment, owned);
    return claim === undefined ? this.claim(deployment, owned) : this.reconcile(deployment, claim);
  }

  private *claim(deployment: Deployment, owned: readonly ReplicaSet[]): Task {
    yield* this.reconcile(deployment, yield* this.refs.claim(deployment, owned)) ?? [];
  }

  private reconcile(deployment: Deployment, { objects, error }: Claim<ReplicaSet>): Task | undefined {
    const sync = new DeploymentSync(this.world, deployment, objects);
    const done = error === '' && sync.run();
    if (typeof done !== 'boolean') return this.wait(deployment.id, sync, done);
    this.end(deployment.id, sync, done);
    return undefined;
  }

  private *wait(key: number, sync: DeploymentSync, step: Step): Task {
    this.end(key, sync, yield* step);
  }

  private end(key: number, { recheckDelayNs }: DeploymentSync, done: boolean): void {
    if (recheckDelayNs === 0) this.queue.addRateLimited(key, false);
    // The deadline of a rollout that gets on is nothing to wait for.
    if (recheckDelayNs > 0) this.queue.addAfter(key, recheckDelayNs, true);
    if (!done && this.queue.retries(key) < RETRIES_MAX) this.queue.addRateLimited(key);
    else this.queue.forget(key);
  }
}
