import { RESOURCE_QUOTA } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { ClusterConfig } from '../cluster/config.js';
import { type Step, stepsWithin } from './steps/step.js';

/** Where there is a ResourceQuota somebody counts what is used of it; elsewhere nobody watches everything for nothing. */
export function withQuotas(cluster: ClusterConfig, steps: readonly Step[]): ClusterConfig {
  const isQuota = ({ kind }: ApiObject): boolean => kind === RESOURCE_QUOTA;
  const needed =
    cluster.state.some(({ object }) => isQuota(object)) ||
    stepsWithin(steps).some(({ action }) => action.objects?.some(isQuota));
  return needed ? { ...cluster, resourceQuotas: true } : cluster;
}
