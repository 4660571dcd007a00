import { REVISION } from '../../../api/deployment-annotations.js';
import type { Labels } from '../../../api/labels.js';
import type { DeploymentSpec, ReplicaSet } from '../../../api/workload.js';
import type { Wait } from '../../../client/task.js';
import type { DeploymentCopy } from './deployment-copy.js';
import type { DeploymentWorld } from './deployment-world.js';
import { partition, type ReplicaSets } from './find-replica-set.js';
import { maxRevision, newReplicaSetAnnotations } from './revision.js';

/** Why a Deployment progresses whose ReplicaSet was there before. */
const FOUND = 'FoundNewReplicaSet';

/** Whether a ReplicaSet has these annotations, and what else of the Deployment it takes over beside the template. */
function isAsWanted({ metadata, spec }: ReplicaSet, annotations: Labels, { minReadySeconds }: DeploymentSpec): boolean {
  return metadata.annotations === annotations && spec.minReadySeconds === minReadySeconds;
}

/** Which of a Deployment's ReplicaSets is the new one, and whether that one is up to date. */
export class ReplicaSetRoles {
  private readonly world: DeploymentWorld;
  private readonly copy: DeploymentCopy;
  private readonly replicaSets: readonly ReplicaSet[];

  constructor(world: DeploymentWorld, copy: DeploymentCopy, replicaSets: readonly ReplicaSet[]) {
    this.world = world;
    this.copy = copy;
    this.replicaSets = replicaSets;
  }

  /** The ReplicaSets by role, where annotations and revision are up to date, as they nearly always are. */
  upToDate(): ReplicaSets | undefined {
    const found = this.world.roles.of(this.copy.deployment, this.replicaSets) ?? this.look();
    return found?.current !== undefined && this.copy.says(FOUND, false) ? undefined : found;
  }

  private look(): ReplicaSets | undefined {
    const { deployment } = this.copy;
    const found = partition(deployment, this.replicaSets);
    if (found.current !== undefined && !this.isUpToDate(found.current, found.old)) return undefined;
    this.world.roles.keep(deployment, this.replicaSets, found);
    return found;
  }

  private isUpToDate(current: ReplicaSet, old: readonly ReplicaSet[]): boolean {
    const { metadata, spec } = this.copy.deployment;
    const annotations = this.annotationsOf(current, old);
    return isAsWanted(current, annotations, spec) && metadata.annotations[REVISION] === (annotations[REVISION] ?? '');
  }

  /** What annotations the new ReplicaSet should have. */
  private annotationsOf({ metadata }: ReplicaSet, old: readonly ReplicaSet[]): Labels {
    return newReplicaSetAnnotations(this.copy.deployment, metadata.annotations, maxRevision(old) + 1);
  }

  /** The ReplicaSets by role, with annotations and revision brought up to date (getAllReplicaSetsAndSyncRevision). */
  *broughtUpToDate(): Generator<Wait, ReplicaSets | undefined, void> {
    const { spec } = this.copy.deployment;
    const found = partition(this.copy.deployment, this.replicaSets);
    if (found.current === undefined) return found;
    const { current, old } = found;
    const annotations = this.annotationsOf(current, old);
    if (!isAsWanted(current, annotations, spec)) {
      const changed = current
        .withSpec({ ...current.spec, minReadySeconds: spec.minReadySeconds })
        .withMetadata(current.metadata.with({ annotations }));
      const call = this.world.client.update(changed);
      yield call;
      return call.ok ? { current: call.object as ReplicaSet, old } : undefined;
    }
    const adopted = this.copy.revised(annotations[REVISION] ?? '', FOUND, false);
    return adopted === undefined || (yield* this.copy.putStatus(adopted)) ? found : undefined;
  }
}
