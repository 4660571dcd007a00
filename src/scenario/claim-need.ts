import { PERSISTENT_VOLUME_CLAIM, STATEFUL_SET } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { StatefulSet } from '../api/stateful-set.js';
import type { ClusterConfig } from '../cluster/config.js';
import { type Step, stepsWithin } from './steps/step.js';

/** Where there are claims, or a StatefulSet has templates of some, somebody makes and protects them; elsewhere nobody watches them. */
export function withClaims(cluster: ClusterConfig, steps: readonly Step[]): ClusterConfig {
  const claims = (object: ApiObject): boolean =>
    object.kind === PERSISTENT_VOLUME_CLAIM ||
    (object.kind === STATEFUL_SET && (object as StatefulSet).spec.storage !== undefined);
  const needed =
    cluster.state.some(({ object }) => claims(object)) ||
    stepsWithin(steps).some(({ action }) => action.objects?.some(claims));
  return needed ? { ...cluster, claims: true } : cluster;
}
