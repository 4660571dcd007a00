import { STATEFUL_SET } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { StatefulSet } from '../api/stateful-set.js';
import type { ClusterConfig } from '../cluster/config.js';
import { type Step, stepsWithin } from './steps/step.js';

/** Where a StatefulSet has templates of claims somebody makes them; elsewhere nobody watches claims for nothing. */
export function withStatefulClaims(cluster: ClusterConfig, steps: readonly Step[]): ClusterConfig {
  const claims = (object: ApiObject): boolean =>
    object.kind === STATEFUL_SET && (object as StatefulSet).spec.storage !== undefined;
  const needed =
    cluster.state.some(({ object }) => claims(object)) ||
    stepsWithin(steps).some(({ action }) => action.objects?.some(claims));
  return needed ? { ...cluster, statefulClaims: true } : cluster;
}
