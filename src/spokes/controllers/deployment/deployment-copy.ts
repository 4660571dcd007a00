import { REVISION } from '../../../api/deployment-annotations.js';
import type { Deployment, DeploymentStatus } from '../../../api/workload.js';
import type { Wait } from '../../../client/task.js';
import { conditionOf, withCondition } from './condition.js';
import type { DeploymentWorld } from './deployment-world.js';
import { hasProgressDeadline } from './progress.js';

/** The Deployment as a sync goes on with it: with what the sync has written, but of the revision that the cache had. */
export class DeploymentCopy {
  deployment: Deployment;
  private readonly world: Pick<DeploymentWorld, 'clock' | 'client'>;

  constructor(world: Pick<DeploymentWorld, 'clock' | 'client'>, deployment: Deployment) {
    this.deployment = deployment;
    this.world = world;
  }

  /**
   * Takes over the ReplicaSet's revision, and says in a Progressing condition where it comes from: always when it is
   * new, otherwise only where nothing has been said yet. The status to write, if anything changed.
   */
  revised(revision: string, reason: string, always: boolean): DeploymentStatus | undefined {
    const { metadata, status } = this.deployment;
    const says = this.says(reason, always);
    const revised = metadata.annotations[REVISION] !== revision;
    if (!revised && !says) return undefined;
    const annotations = { ...metadata.annotations, [REVISION]: revision };
    if (revised) this.deployment = this.deployment.withMetadata(metadata.with({ annotations }));
    if (!says) return status;
    const { nowNs } = this.world.clock;
    return { ...status, conditions: withCondition(status.conditions, 'Progressing', 'True', reason, nowNs) };
  }

  /** Whether the Progressing condition is to say so. */
  says(reason: string, always: boolean): boolean {
    const silent = reason !== '' && conditionOf(this.deployment.status.conditions, 'Progressing') === undefined;
    return (always || silent) && hasProgressDeadline(this.deployment);
  }

  /** Writes a status, which it has from now on; whether it was taken. */
  *putStatus(status: DeploymentStatus): Generator<Wait, boolean, void> {
    this.deployment = this.deployment.withStatus(status);
    const call = this.world.client.updateStatus(this.deployment);
    yield call;
    return call.ok;
  }
}
