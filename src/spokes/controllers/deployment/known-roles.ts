import { ByNumber } from '../../../api/by-number.js';
import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import type { ReplicaSets } from './find-replica-set.js';

/** What was found of one Deployment, and what that was decided by. */
interface Known {
  readonly deployment: Deployment;
  readonly replicaSets: readonly ReplicaSet[];
  /** Where in the list the new one is, -1 for none, and the old ones, oldest first. */
  readonly current: number;
  readonly old: readonly number[];
}

/**
 * Which ReplicaSet of each Deployment is the new one, from sync to sync: the original compares all templates in every sync, though
 * hardly ever anything but a status has changed since the last one.
 */
export class KnownRoles {
  private readonly byDeployment: ByNumber<Known>;

  constructor() {
    this.byDeployment = new ByNumber();
  }

  /** The roles of these versions, if nothing that decides about them is another than when they were kept. */
  of(deployment: Deployment, replicaSets: readonly ReplicaSet[]): ReplicaSets | undefined {
    const known = this.byDeployment.get(deployment.id);
    if (known === undefined || !decidedAlike(known, deployment, replicaSets)) return undefined;
    const current = known.current < 0 ? undefined : replicaSets[known.current];
    return { current, old: known.old.map((index) => replicaSets[index]!) };
  }

  keep(deployment: Deployment, replicaSets: readonly ReplicaSet[], { current, old }: ReplicaSets): void {
    this.byDeployment.set(deployment.id, {
      deployment,
      replicaSets,
      current: current === undefined ? -1 : replicaSets.indexOf(current),
      old: old.map((each) => replicaSets.indexOf(each)),
    });
  }

  forget(deploymentId: number): void {
    this.byDeployment.delete(deploymentId);
  }
}

function decidedAlike(known: Known, { spec, metadata }: Deployment, replicaSets: readonly ReplicaSet[]): boolean {
  if (known.deployment.spec !== spec || known.deployment.metadata !== metadata) return false;
  if (known.replicaSets.length !== replicaSets.length) return false;
  for (let index = 0; index < replicaSets.length; index++) {
    const before = known.replicaSets[index]!;
    const now = replicaSets[index]!;
    if (before.metadata !== now.metadata || before.spec !== now.spec) return false;
  }
  return true;
}
