import { isObject, type JsonObject, objectsAt } from '../../api/json.js';
import type { Found } from './cluster-state.js';
import type { GivenFile } from './imported.js';

/** The lists of a snapshot and what their items are (kube-scheduler-simulator, simulator/snapshot ResourcesForSnap). */
const LISTS: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  namespaces: { apiVersion: 'v1', kind: 'Namespace' },
  priorityClasses: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  storageClasses: { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' },
  pvs: { apiVersion: 'v1', kind: 'PersistentVolume' },
  pvcs: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  nodes: { apiVersion: 'v1', kind: 'Node' },
  pods: { apiVersion: 'v1', kind: 'Pod' },
};

/** Whether a value is a snapshot that kube-scheduler-simulator exported. */
export function isSnapshot(value: unknown): value is JsonObject {
  return isObject(value) && value.kind === undefined && Array.isArray(value.nodes) && Array.isArray(value.pods);
}

export interface Snapshot {
  readonly found: readonly Found[];
  readonly scheduler: JsonObject;
  readonly notes: readonly string[];
}

/** The objects of a snapshot and the settings of its scheduler. */
export function readSnapshot(snapshot: JsonObject, { path }: GivenFile): Snapshot {
  const found: Found[] = [];
  const notes: string[] = [];
  for (const [name, type] of Object.entries(LISTS))
    for (const [index, item] of objectsAt(snapshot, name).entries())
      found.push({ manifest: { ...type, ...item }, place: `${path}: ${name}[${index}]` });
  for (const name of Object.keys(snapshot))
    if (LISTS[name] === undefined && name !== 'schedulerConfig')
      notes.push(`${path}: ${name} is left out: hubsim does not know it`);
  const config = isObject(snapshot.schedulerConfig) ? snapshot.schedulerConfig : {};
  return { found, scheduler: schedulerSettings(config, path, notes), notes };
}

/** What a scenario can say of a KubeSchedulerConfiguration. */
function schedulerSettings(config: JsonObject, path: string, notes: string[]): JsonObject {
  const { clientConnection, percentageOfNodesToScore, podInitialBackoffSeconds, podMaxBackoffSeconds } = config;
  const { qps, burst } = (isObject(clientConnection) ? clientConnection : {}) as { qps?: number; burst?: number };
  const seconds = (value: unknown): string | undefined => (typeof value === 'number' ? `${value}s` : undefined);
  const settings = {
    kubeApiQps: qps,
    kubeApiBurst: burst === 0 ? undefined : burst,
    percentageOfNodesToScore,
    podInitialBackoff: seconds(podInitialBackoffSeconds),
    podMaxBackoff: seconds(podMaxBackoffSeconds),
  };
  for (const [index, profile] of objectsAt(config, 'profiles').entries())
    for (const difference of differencesOf(profile))
      notes.push(`${path}: schedulerConfig.profiles[${index}]: ${difference}`);
  for (const [index] of objectsAt(config, 'extenders').entries())
    notes.push(`${path}: schedulerConfig.extenders[${index}] is left out: hubsim calls nobody`);
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== null));
}

/** Weights of the scores in the default profile, which is the one that runs (apis/config/v1 default_plugins.go). */
const WEIGHTS: Readonly<Record<string, number>> = {
  TaintToleration: 3,
  NodeAffinity: 2,
  NodeResourcesFit: 1,
  PodTopologySpread: 2,
  InterPodAffinity: 2,
  NodeResourcesBalancedAllocation: 1,
  ImageLocality: 1,
};

/** How a profile differs from the default one. */
function differencesOf({ schedulerName = 'default-scheduler', plugins }: JsonObject): string[] {
  if (schedulerName !== 'default-scheduler') return [`the scheduler ${String(schedulerName)} is left out`];
  const points = isObject(plugins) ? [plugins.multiPoint, plugins.score].filter(isObject) : [];
  const differences = points.flatMap((point) => [
    ...objectsAt(point, 'disabled').map(({ name }) => `${String(name)} is switched off there, and on here`),
    ...objectsAt(point, 'enabled').flatMap(({ name, weight }) => {
      const ours = WEIGHTS[String(name)];
      if (typeof weight !== 'number' || weight === 0 || ours === weight) return [];
      return [`${String(name)} has the weight ${weight} there, and ${ours ?? 'is unknown'} here`];
    }),
  ]);
  return [...new Set(differences)];
}
