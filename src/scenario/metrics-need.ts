import { HORIZONTAL_POD_AUTOSCALER } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { ClusterConfig } from '../cluster/config.js';
import type { ClusterInput } from './schema-cluster.js';
import { type Step, stepsWithin } from './steps/step.js';

/** A scenario that has something to measure has somebody who does, unless it says otherwise. */
export function withMetrics(cluster: ClusterConfig, input: ClusterInput, steps: readonly Step[]): ClusterConfig {
  if (input.metricsServer?.replicas !== undefined) return cluster;
  const isScaled = ({ kind }: ApiObject): boolean => kind === HORIZONTAL_POD_AUTOSCALER;
  const measured =
    cluster.state.some(({ object }) => isScaled(object)) ||
    stepsWithin(steps).some(({ action }) => action.isMeasured || action.objects?.some(isScaled));
  return measured ? { ...cluster, metricsServer: { ...cluster.metricsServer, replicas: 1 } } : cluster;
}
