import { resolveFenceposts } from '../../../api/int-or-percent.js';
import type { DeploymentSpec } from '../../../api/workload.js';

/** Pods that a rolling update may have above the desired number; 0 for other strategies (deployment_util MaxSurge). */
export function maxSurge(spec: DeploymentSpec): number {
  if (spec.strategy !== 'RollingUpdate') return 0;
  return resolveFenceposts(spec.maxSurge, spec.maxUnavailable, spec.replicas).maxSurge;
}

/** Pods that a rolling update may miss, at most all of them (deployment_util MaxUnavailable). */
export function maxUnavailable(spec: DeploymentSpec): number {
  if (spec.strategy !== 'RollingUpdate' || spec.replicas === 0) return 0;
  const bounds = resolveFenceposts(spec.maxSurge, spec.maxUnavailable, spec.replicas);
  return Math.min(bounds.maxUnavailable, spec.replicas);
}

/** Pods that must stay available during a rolling update (deployment_util MinAvailable). */
export function minAvailable(spec: DeploymentSpec): number {
  return spec.strategy === 'RollingUpdate' ? spec.replicas - maxUnavailable(spec) : 0;
}
