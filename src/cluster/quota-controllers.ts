import { EVENT, type Kind, RESOURCE_QUOTA } from '../api/kind.js';
import type { ResourceQuota } from '../api/resource-quota.js';
import { ResourceQuotaController } from '../spokes/controllers/resourcequota/resource-quota-controller.js';
import type { ClusterConfig } from './config.js';
import { userOf } from './controller-identity.js';
import type { ControllerManagerCosts } from './profile.js';
import type { Program } from './program.js';

/** Starts who counts what is used of quotas; it watches all that a namespace may hold but Events. */
export function startQuotas(
  program: Program,
  { controllerManager }: ClusterConfig,
  { syncNs }: ControllerManagerCosts,
  kinds: readonly Kind[],
): void {
  const name = 'resourcequota-controller';
  const { kubeApiQps, kubeApiBurst, concurrentResourceQuotaSyncs, resourceQuotaSyncPeriodNs } = controllerManager;
  const counted = kinds.filter((kind) => kind.namespaced && kind !== EVENT);
  new ResourceQuotaController({
    process: program.process,
    client: program.client(name, userOf(name), kubeApiQps, kubeApiBurst),
    quotas: program.informer<ResourceQuota>(RESOURCE_QUOTA),
    counted: counted.map((kind) => program.informer(kind)),
    workers: concurrentResourceQuotaSyncs,
    syncPeriodNs: resourceQuotaSyncPeriodNs,
    syncNs,
  });
}
