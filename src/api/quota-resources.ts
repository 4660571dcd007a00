import { type Kind, PERSISTENT_VOLUME_CLAIM, POD, SERVICE } from './kind.js';

/** Kinds of the core group that are also counted by their bare name (evaluator/core legacyObjectCountAliases). */
const BARE_NAMES: ReadonlySet<string> = new Set(['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets']);

/** What quotas may limit of pods, apart from huge pages and extended resources (evaluator/core podResources). */
const OF_PODS: ReadonlySet<string> = new Set([
  'count/pods',
  'pods',
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
]);

const OF_SERVICES: ReadonlySet<string> = new Set([
  'count/services',
  'services',
  'services.nodeports',
  'services.loadbalancers',
]);

const OF_CLAIMS: ReadonlySet<string> = new Set([
  'count/persistentvolumeclaims',
  'persistentvolumeclaims',
  'requests.storage',
]);

/** What follows the name of a storage class. */
export const OF_STORAGE_CLASS = '.storageclass.storage.k8s.io/';

/** The names under which quotas count the objects of a kind (generic ObjectCountQuotaResourceNameFor). */
export function countNames({ group, resource }: Kind): readonly string[] {
  if (group !== '') return [`count/${resource}.${group}`];
  return BARE_NAMES.has(resource) ? [`count/${resource}`, resource] : [`count/${resource}`];
}

/** Whether a quota's resource of that name is used by objects of a kind (Evaluator.MatchingResources). */
export function isQuotaOf(kind: Kind, name: string): boolean {
  switch (kind) {
    case POD:
      return OF_PODS.has(name) || isPrefixed(name);
    case SERVICE:
      return OF_SERVICES.has(name);
    case PERSISTENT_VOLUME_CLAIM:
      return OF_CLAIMS.has(name) || isOfStorageClass(name);
    default:
      return countNames(kind).includes(name);
  }
}

function isPrefixed(name: string): boolean {
  if (name.startsWith('hugepages-') || name.startsWith('requests.hugepages-')) return true;
  return name.startsWith('requests.') && isExtended(name);
}

/** A resource that is not Kubernetes' own has a domain in its name (helper.IsNativeResource). */
export function isExtended(name: string): boolean {
  return name.includes('/') && !name.includes('kubernetes.io/');
}

function isOfStorageClass(name: string): boolean {
  return (
    name.endsWith(`${OF_STORAGE_CLASS}persistentvolumeclaims`) || name.endsWith(`${OF_STORAGE_CLASS}requests.storage`)
  );
}
