import { controllerOf } from '../../../api/meta.js';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../../api/workload.js';
import { ended, type MaybeStep, type Step } from '../../../client/step.js';
import { withCondition } from './condition.js';
import { DeploymentCopy } from './deployment-copy.js';
import type { DeploymentWorld } from './deployment-world.js';
import { type ReplicaSets, sameTemplate } from './find-replica-set.js';
import { expiredReplicaSets } from './history.js';
import { newReplicaSet } from './new-replica-set.js';
import { hasProgressDeadline, pauseConditions, progressCheckDelayNs, rolloutStatus } from './progress.js';
import { scaleProportionally } from './proportional-scaling.js';
import { reconcileNew } from './reconcile-new.js';
import { reconcileOld, type ScaleDown } from './reconcile-old.js';
import { activeReplicaSets } from './replica-set-order.js';
import { ReplicaSetRoles } from './replica-set-roles.js';
import { actualReplicas } from './replica-sum.js';
import { maxRevision } from './revision.js';
import { changesSize, type Scaling, scaling } from './scaling.js';
import { isScalingEvent } from './scaling-event.js';
import { deploymentStatus, isComplete, sameStatus } from './status.js';
import { dumpTemplate, templateHash } from './template-hash.js';

/** What a rollout goes on with: there is a ReplicaSet for the new template. */
type Rollout = ReplicaSets & { readonly current: ReplicaSet };

function isBegun(found: ReplicaSets | undefined): found is Rollout {
  return found?.current !== undefined;
}

/**
 * One reconciliation of one Deployment (deployment_controller.go syncDeployment), each piece of which ends with false
 * where the whole has failed. It works on a copy of the cached version, which gets the sync's own conditions and revision
 * but keeps the cached resourceVersion: so a second status write of one sync conflicts, and the sync is retried, as in
 * the original.
 */
export class DeploymentSync {
  /** When the Deployment must be looked at again: -1 never, 0 at the queue's own rate, else after this delay. */
  recheckDelayNs: number;
  private readonly world: DeploymentWorld;
  private readonly replicaSets: readonly ReplicaSet[];
  private readonly copy: DeploymentCopy;
  private readonly roles: ReplicaSetRoles;

  constructor(world: DeploymentWorld, deployment: Deployment, replicaSets: readonly ReplicaSet[]) {
    this.recheckDelayNs = -1;
    this.world = world;
    this.replicaSets = replicaSets;
    this.copy = new DeploymentCopy(world, deployment);
    this.roles = new ReplicaSetRoles(world, this.copy, replicaSets);
  }

  private get deployment(): Deployment {
    return this.copy.deployment;
  }

  /** The whole sync; where nothing has to be waited for in between, its one write; where there is none, how it ended. */
  run(): MaybeStep {
    if (this.deployment.metadata.deleting) return this.syncStatusOnly();
    const conditions = pauseConditions(this.deployment, this.world.clock.nowNs);
    return conditions === this.deployment.status.conditions ? this.goOn() : this.goOnWith(conditions);
  }

  private *goOnWith(conditions: DeploymentStatus['conditions']): Step {
    return (yield* this.copy.putStatus({ ...this.deployment.status, conditions })) && (yield* ended(this.goOn()));
  }

  private goOn(): MaybeStep {
    if (this.deployment.spec.paused) return this.resize();
    const found = this.roles.upToDate();
    return found === undefined ? this.goOnUpToDate() : this.scaleOrRoll(found, found);
  }

  private *goOnUpToDate(): Step {
    const found = yield* this.roles.broughtUpToDate();
    return found !== undefined && (yield* ended(this.scaleOrRoll(found, undefined)));
  }

  /** Goes on with what was found; what had to be brought up to date is looked for anew, as in the original. */
  private scaleOrRoll(found: ReplicaSets, upToDate: ReplicaSets | undefined): MaybeStep {
    if (isScalingEvent(this.deployment.spec, found)) return this.resize();
    if (this.deployment.spec.strategy === 'Recreate') return this.recreate();
    return isBegun(upToDate) ? this.roll(upToDate) : this.begin();
  }

  private *syncStatusOnly(): Step {
    const found = yield* this.roles.broughtUpToDate();
    return found !== undefined && (yield* this.writeStatus(found));
  }

  /** Scales without rolling out: after a resize, and while paused (sync.go sync). */
  private *resize(): Step {
    const found = yield* this.roles.broughtUpToDate();
    if (found === undefined) return false;
    if (!(yield* this.scale(scaleProportionally(this.deployment, found.current, found.old)))) return false;
    if (this.deployment.spec.paused && !(yield* ended(this.cleanUp(found.old)))) return false;
    return yield* this.writeStatus(found);
  }

  private *begin(): Step {
    const found = yield* this.findOrCreate();
    return found !== undefined && (yield* ended(this.roll(found)));
  }

  /** One step of a rolling update: up, or down, or neither (rolling.go rolloutRolling). */
  private roll(found: Rollout): MaybeStep {
    const { spec } = this.deployment;
    const { current, old } = found;
    const growth = reconcileNew(spec, [...old, current], current);
    if (growth !== undefined) return this.grow(growth, found);
    const reduction = reconcileOld(spec, activeReplicaSets(old), current);
    if (reduction.scalings.length > 0) return this.reduce(reduction, found);
    return reduction.removed > 0 ? this.writeRolloutStatus(found) : this.finish(found);
  }

  private *grow(growth: Scaling, found: Rollout): Step {
    return (yield* this.scale([growth])) && (yield* ended(this.writeRolloutStatus(found)));
  }

  /** A failure here does not fail the sync: the original goes on as if nothing had been scaled down. */
  private *reduce({ scalings, removed }: ScaleDown, found: Rollout): Step {
    const reduced = yield* this.scale(scalings);
    return yield* ended(reduced && removed > 0 ? this.writeRolloutStatus(found) : this.finish(found));
  }

  /** One step of a rollout that stops all old pods before it starts a new one (recreate.go rolloutRecreate). */
  private *recreate(): Step {
    const found = yield* this.roles.broughtUpToDate();
    if (found === undefined) return false;
    const { spec } = this.deployment;
    const reduction = activeReplicaSets(found.old).map((each) => scaling(each, 0, spec));
    const writes = reduction.filter((each) => each !== undefined);
    if (!(yield* this.scale(writes))) return false;
    if (writes.length > 0 || this.oldPodsRunning(found)) return yield* ended(this.writeRolloutStatus(found));
    const complete = found.current === undefined ? yield* this.findOrCreate() : { ...found, current: found.current };
    if (complete === undefined) return false;
    const growth = scaling(complete.current, spec.replicas, spec);
    if (growth !== undefined && !(yield* this.scale([growth]))) return false;
    return yield* ended(this.finish(complete));
  }

  private finish(found: ReplicaSets): MaybeStep {
    const { deployment } = this;
    const cleaned = isComplete(deployment, deployment.status) ? this.cleanUp(found.old) : true;
    return cleaned === true ? this.writeRolloutStatus(found) : this.writeWhen(cleaned, found);
  }

  private *writeWhen(cleaned: MaybeStep, found: ReplicaSets): Step {
    return (yield* ended(cleaned)) && (yield* ended(this.writeRolloutStatus(found)));
  }

  private oldPodsRunning({ current, old }: ReplicaSets): boolean {
    if (actualReplicas(old) > 0) return true;
    return this.replicaSets.some((each) => each.id !== current?.id && this.world.hasUnfinishedPods(each));
  }

  private *findOrCreate(): Step<Rollout | undefined> {
    const found = this.roles.upToDate() ?? (yield* this.roles.broughtUpToDate());
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
    const adopted = this.copy.revised(`${maxRevision(old) + 1}`, 'NewReplicaSetCreated', true);
    return adopted === undefined || (yield* this.copy.putStatus(adopted)) ? (call.object as ReplicaSet) : undefined;
  }

  /** A ReplicaSet of this name exists: ours, not yet in the cache's list, or another template with the same hash. */
  private *resolveCollision(wanted: ReplicaSet, old: readonly ReplicaSet[]): Step<ReplicaSet | undefined> {
    const known = this.world.replicaSetNamed(wanted.metadata.namespace, wanted.metadata.name);
    if (known === undefined) return undefined;
    const { spec, status } = this.deployment;
    if (controllerOf(known.metadata)?.id === this.deployment.id && sameTemplate(spec.template, known.spec.template)) {
      const adopted = this.copy.revised(`${maxRevision(old) + 1}`, '', false);
      return adopted === undefined || (yield* this.copy.putStatus(adopted)) ? known : undefined;
    }
    yield* this.copy.putStatus({ ...status, collisionCount: status.collisionCount + 1 });
    return undefined;
  }

  private *reportCreateFailure(replicaSet: ReplicaSet, error: string): Step<void> {
    const message = `Failed to create new replica set "${replicaSet.metadata.name}": ${error}`;
    if (hasProgressDeadline(this.deployment)) {
      const { status } = this.deployment;
      const { nowNs } = this.world.clock;
      const conditions = withCondition(status.conditions, 'Progressing', 'False', 'ReplicaSetCreateError', nowNs);
      yield* this.copy.putStatus({ ...status, conditions });
    }
    this.world.events.event(this.deployment, 'Warning', 'ReplicaSetCreateError', message);
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

  private cleanUp(old: readonly ReplicaSet[]): MaybeStep {
    const expired = expiredReplicaSets(this.deployment.spec, old);
    return expired.length === 0 || this.deleteAll(expired);
  }

  private *deleteAll(expired: readonly ReplicaSet[]): Step {
    for (const each of expired) {
      const call = this.world.client.delete(each);
      yield call;
      if (!call.ok && call.code !== 404) return false;
    }
    return true;
  }

  private *writeStatus({ current, old }: ReplicaSets): Step {
    const all = current === undefined ? old : [...old, current];
    const status = deploymentStatus(this.deployment, all, current, this.world.clock.nowNs);
    return sameStatus(this.deployment.status, status) || (yield* this.copy.putStatus(status));
  }

  /** Writes the status of a rollout; where it is what it was, it has to be looked at again later. */
  private writeRolloutStatus({ current, old }: ReplicaSets): MaybeStep {
    const { nowNs } = this.world.clock;
    const all = current === undefined ? old : [...old, current];
    const status = rolloutStatus(this.deployment, all, current, nowNs);
    if (sameStatus(this.deployment.status, status)) {
      this.recheckDelayNs = progressCheckDelayNs(this.deployment, status, nowNs);
      return true;
    }
    return this.copy.putStatus(status);
  }
}
