import { REVISION } from '../../../api/deployment-annotations.js';
import type { Labels } from '../../../api/labels.js';
import { controllerOf } from '../../../api/meta.js';
import type { Deployment, DeploymentSpec, DeploymentStatus, ReplicaSet } from '../../../api/workload.js';
import type { Wait } from '../../../client/task.js';
import { conditionOf, newCondition, withCondition } from './condition.js';
import type { DeploymentWorld } from './deployment-world.js';
import { partition, type ReplicaSets, sameTemplate } from './find-replica-set.js';
import { expiredReplicaSets } from './history.js';
import { newReplicaSet } from './new-replica-set.js';
import { hasProgressDeadline, pauseConditions, progressCheckDelayNs, rolloutStatus } from './progress.js';
import { scaleProportionally } from './proportional-scaling.js';
import { reconcileNew } from './reconcile-new.js';
import { reconcileOld } from './reconcile-old.js';
import { activeReplicaSets } from './replica-set-order.js';
import { actualReplicas } from './replica-sum.js';
import { maxRevision, newReplicaSetAnnotations } from './revision.js';
import { changesSize, type Scaling, scaling } from './scaling.js';
import { isScalingEvent } from './scaling-event.js';
import { deploymentStatus, isComplete, sameStatus } from './status.js';
import { dumpTemplate, templateHash } from './template-hash.js';

/** A piece of a sync: waits for its calls, and ends with false where the whole sync has failed. */
type Step<T = boolean> = Generator<Wait, T, void>;

/** What a rollout goes on with: there is a ReplicaSet for the new template. */
type Rollout = ReplicaSets & { readonly current: ReplicaSet };

function isBegun(found: ReplicaSets | undefined): found is Rollout {
  return found?.current !== undefined;
}

/** Whether a ReplicaSet has these annotations, and what else of the Deployment it takes over beside the template. */
function isAsWanted({ metadata, spec }: ReplicaSet, annotations: Labels, { minReadySeconds }: DeploymentSpec): boolean {
  return metadata.annotations === annotations && spec.minReadySeconds === minReadySeconds;
}

/** Why a Deployment progresses whose ReplicaSet was there before. */
const FOUND = 'FoundNewReplicaSet';

/**
 * One reconciliation of one Deployment (deployment_controller.go syncDeployment). It works on a copy of the cached
 * version, which gets the sync's own conditions and revision but keeps the cached resourceVersion: so a second status
 * write of one sync conflicts, and the sync is retried, as in the original.
 */
export class DeploymentSync {
  /** When the Deployment must be looked at again: -1 never, 0 at the queue's own rate, else after this delay. */
  recheckDelayNs: number;
  private readonly world: DeploymentWorld;
  private readonly replicaSets: readonly ReplicaSet[];
  private deployment: Deployment;
  /** What was found while there was nothing to bring up to date: then a second look finds the same. */
  private settled: ReplicaSets | undefined;

  constructor(world: DeploymentWorld, deployment: Deployment, replicaSets: readonly ReplicaSet[]) {
    this.recheckDelayNs = -1;
    this.world = world;
    this.replicaSets = replicaSets;
    this.deployment = deployment;
    this.settled = undefined;
  }

  *run(): Step {
    if (this.deployment.metadata.deleting) return yield* this.syncStatusOnly();
    const conditions = pauseConditions(this.deployment, this.world.clock.nowNs);
    const { status } = this.deployment;
    if (conditions !== status.conditions && !(yield* this.putStatus({ ...status, conditions }))) return false;
    if (this.deployment.spec.paused) return yield* this.resize();
    const found = this.upToDate() ?? (yield* this.findReplicaSets());
    if (found === undefined) return false;
    if (isScalingEvent(this.deployment.spec, found)) return yield* this.resize();
    return this.deployment.spec.strategy === 'Recreate' ? yield* this.recreate() : yield* this.roll();
  }

  private *syncStatusOnly(): Step {
    const found = yield* this.findReplicaSets();
    return found !== undefined && (yield* this.writeStatus(found));
  }

  /** Scales without rolling out: after a resize, and while paused (sync.go sync). */
  private *resize(): Step {
    const found = yield* this.findReplicaSets();
    if (found === undefined) return false;
    if (!(yield* this.scale(scaleProportionally(this.deployment, found.current, found.old)))) return false;
    if (this.deployment.spec.paused && !(yield* this.cleanUp(found.old))) return false;
    return yield* this.writeStatus(found);
  }

  /** One step of a rolling update: up, or down, or neither (rolling.go rolloutRolling). */
  private *roll(): Step {
    const known = this.upToDate();
    const found = isBegun(known) ? known : yield* this.findOrCreate();
    if (found === undefined) return false;
    const { spec } = this.deployment;
    const { current, old } = found;
    const growth = reconcileNew(spec, [...old, current], current);
    if (growth !== undefined) return (yield* this.scale([growth])) && (yield* this.writeRolloutStatus(found));
    const reduction = reconcileOld(spec, activeReplicaSets(old), current);
    // A failure here does not fail the sync: the original goes on as if nothing had been scaled down.
    const reduced = reduction.scalings.length === 0 || (yield* this.scale(reduction.scalings));
    if (reduced && reduction.removed > 0) return yield* this.writeRolloutStatus(found);
    return yield* this.finish(found);
  }

  /** One step of a rollout that stops all old pods before it starts a new one (recreate.go rolloutRecreate). */
  private *recreate(): Step {
    const found = yield* this.findReplicaSets();
    if (found === undefined) return false;
    const { spec } = this.deployment;
    const reduction = activeReplicaSets(found.old).map((each) => scaling(each, 0, spec));
    const writes = reduction.filter((each) => each !== undefined);
    if (!(yield* this.scale(writes))) return false;
    if (writes.length > 0 || this.oldPodsRunning(found)) return yield* this.writeRolloutStatus(found);
    const complete = found.current === undefined ? yield* this.findOrCreate() : { ...found, current: found.current };
    if (complete === undefined) return false;
    const growth = scaling(complete.current, spec.replicas, spec);
    if (growth !== undefined && !(yield* this.scale([growth]))) return false;
    return yield* this.finish(complete);
  }

  private *finish(found: ReplicaSets): Step {
    if (isComplete(this.deployment, this.deployment.status) && !(yield* this.cleanUp(found.old))) return false;
    return yield* this.writeRolloutStatus(found);
  }

  private oldPodsRunning({ current, old }: ReplicaSets): boolean {
    if (actualReplicas(old) > 0) return true;
    return this.replicaSets.some((each) => each.id !== current?.id && this.world.hasUnfinishedPods(each));
  }

  /** The ReplicaSets by role, where annotations and revision are up to date, as they nearly always are. */
  private upToDate(): ReplicaSets | undefined {
    if (this.settled !== undefined) return this.settled;
    const found = partition(this.deployment, this.replicaSets);
    const { current, old } = found;
    if (current !== undefined) {
      const { metadata, spec } = this.deployment;
      const annotations = this.annotationsOf(current, old);
      if (!isAsWanted(current, annotations, spec)) return undefined;
      if (metadata.annotations[REVISION] !== (annotations[REVISION] ?? '') || this.says(FOUND, false)) return undefined;
    }
    this.settled = found;
    return found;
  }

  /** What annotations the new ReplicaSet should have. */
  private annotationsOf({ metadata }: ReplicaSet, old: readonly ReplicaSet[]): Labels {
    return newReplicaSetAnnotations(this.deployment, metadata.annotations, maxRevision(old) + 1);
  }

  /** The ReplicaSets by role, with annotations and revision brought up to date (getAllReplicaSetsAndSyncRevision). */
  private *findReplicaSets(): Step<ReplicaSets | undefined> {
    const found = partition(this.deployment, this.replicaSets);
    if (found.current === undefined) return found;
    const { current, old } = found;
    const { spec } = this.deployment;
    const annotations = this.annotationsOf(current, old);
    if (!isAsWanted(current, annotations, spec)) {
      const changed = current
        .withSpec({ ...current.spec, minReadySeconds: spec.minReadySeconds })
        .withMetadata(current.metadata.with({ annotations }));
      const call = this.world.client.update(changed);
      yield call;
      return call.ok ? { current: call.object as ReplicaSet, old } : undefined;
    }
    const adopted = this.revised(annotations[REVISION] ?? '', FOUND, false);
    return adopted === undefined || (yield* this.putStatus(adopted)) ? found : undefined;
  }

  private *findOrCreate(): Step<Rollout | undefined> {
    const found = this.upToDate() ?? (yield* this.findReplicaSets());
    if (found === undefined || isBegun(found)) return found;
    const created = yield* this.create(found.old);
    return created === undefined ? undefined : { current: created, old: found.old };
  }

  private *create(old: readonly ReplicaSet[]): Step<ReplicaSet | undefined> {
    const { client, dump, events } = this.world;
    const { spec, status } = this.deployment;
    const hash = templateHash(dumpTemplate(dump, spec.template), status.collisionCount || undefined);
    const replicaSet = newReplicaSet(this.deployment, old, hash);
    const call = client.create(replicaSet);
    yield call;
    if (call.code === 409) return yield* this.resolveCollision(replicaSet, old);
    if (!call.ok) {
      yield* this.reportCreateFailure(replicaSet, call.error);
      return undefined;
    }
    const { name } = replicaSet.metadata;
    const { replicas } = replicaSet.spec;
    const message = `Scaled up replica set ${name} from 0 to ${replicas}`;
    if (replicas > 0) events.event(this.deployment, 'Normal', 'ScalingReplicaSet', message);
    const adopted = this.revised(`${maxRevision(old) + 1}`, 'NewReplicaSetCreated', true);
    return adopted === undefined || (yield* this.putStatus(adopted)) ? (call.object as ReplicaSet) : undefined;
  }

  /** A ReplicaSet of this name exists: ours, not yet in the cache's list, or another template with the same hash. */
  private *resolveCollision(wanted: ReplicaSet, old: readonly ReplicaSet[]): Step<ReplicaSet | undefined> {
    const known = this.world.replicaSetNamed(wanted.metadata.namespace, wanted.metadata.name);
    if (known === undefined) return undefined;
    const { spec, status } = this.deployment;
    if (controllerOf(known.metadata)?.id === this.deployment.id && sameTemplate(spec.template, known.spec.template)) {
      const adopted = this.revised(`${maxRevision(old) + 1}`, '', false);
      return adopted === undefined || (yield* this.putStatus(adopted)) ? known : undefined;
    }
    yield* this.putStatus({ ...status, collisionCount: status.collisionCount + 1 });
    return undefined;
  }

  private *reportCreateFailure(replicaSet: ReplicaSet, error: string): Step<void> {
    const message = `Failed to create new replica set "${replicaSet.metadata.name}": ${error}`;
    if (hasProgressDeadline(this.deployment)) {
      const condition = newCondition('Progressing', 'False', 'ReplicaSetCreateError', this.world.clock.nowNs);
      const { status } = this.deployment;
      yield* this.putStatus({ ...status, conditions: withCondition(status.conditions, condition) });
    }
    this.world.events.event(this.deployment, 'Warning', 'ReplicaSetCreateError', message);
  }

  /**
   * Takes over the ReplicaSet's revision, and says in a Progressing condition where it comes from: always when it is
   * new, otherwise only where nothing has been said yet. The status to write, if anything changed.
   */
  private revised(revision: string, reason: string, always: boolean): DeploymentStatus | undefined {
    const { metadata, status } = this.deployment;
    const says = this.says(reason, always);
    const revised = metadata.annotations[REVISION] !== revision;
    if (!revised && !says) return undefined;
    const annotations = { ...metadata.annotations, [REVISION]: revision };
    if (revised) this.deployment = this.deployment.withMetadata(metadata.with({ annotations }));
    const condition = newCondition('Progressing', 'True', reason, this.world.clock.nowNs);
    return says ? { ...status, conditions: withCondition(status.conditions, condition) } : status;
  }

  /** Whether the Progressing condition is to say so. */
  private says(reason: string, always: boolean): boolean {
    const silent = reason !== '' && conditionOf(this.deployment.status.conditions, 'Progressing') === undefined;
    return (always || silent) && hasProgressDeadline(this.deployment);
  }

  /** Writes the scalings in order; the first failure ends it. */
  private *scale(scalings: readonly Scaling[]): Step {
    for (const each of scalings) {
      const call = this.world.client.update(each.scaled);
      yield call;
      if (!call.ok) return false;
      if (!changesSize(each)) continue;
      const { name } = each.scaled.metadata;
      const from = each.replicaSet.spec.replicas;
      const to = each.scaled.spec.replicas;
      const message = `Scaled ${from < to ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`;
      this.world.events.event(this.deployment, 'Normal', 'ScalingReplicaSet', message);
    }
    return true;
  }

  private *cleanUp(old: readonly ReplicaSet[]): Step {
    for (const each of expiredReplicaSets(this.deployment.spec, old)) {
      const call = this.world.client.delete(each);
      yield call;
      if (!call.ok && call.code !== 404) return false;
    }
    return true;
  }

  private *writeStatus({ current, old }: ReplicaSets): Step {
    const all = current === undefined ? old : [...old, current];
    const status = deploymentStatus(this.deployment, all, current, this.world.clock.nowNs);
    return sameStatus(this.deployment.status, status) || (yield* this.putStatus(status));
  }

  /** Writes the status of a rollout; where it is what it was, it has to be looked at again later. */
  private *writeRolloutStatus({ current, old }: ReplicaSets): Step {
    const { nowNs } = this.world.clock;
    const all = current === undefined ? old : [...old, current];
    const status = rolloutStatus(this.deployment, all, current, nowNs);
    if (!sameStatus(this.deployment.status, status)) return yield* this.putStatus(status);
    this.recheckDelayNs = progressCheckDelayNs(this.deployment, status, nowNs);
    return true;
  }

  private *putStatus(status: DeploymentStatus): Step {
    this.settled = undefined;
    this.deployment = this.deployment.withStatus(status);
    const call = this.world.client.updateStatus(this.deployment);
    yield call;
    return call.ok;
  }
}
