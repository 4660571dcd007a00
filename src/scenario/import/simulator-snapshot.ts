import { isObject, type JsonObject, objectsAt } from '../../api/json.js';
import { DEFAULT_CHOICES } from '../../spokes/scheduler/plugin-choice.js';
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
  /** Its KubeSchedulerConfiguration; undefined if it has none. */
  readonly schedulerConfig?: JsonObject;
  readonly notes: readonly string[];
}

/** The objects of a snapshot and the configuration of its scheduler. */
export function readSnapshot(snapshot: JsonObject, { path }: GivenFile): Snapshot {
  const found: Found[] = [];
  const notes: string[] = [];
  for (const [name, type] of Object.entries(LISTS))
    for (const [index, item] of objectsAt(snapshot, name).entries())
      found.push({ manifest: { ...type, ...item }, place: `${path}: ${name}[${index}]` });
  for (const name of Object.keys(snapshot))
    if (LISTS[name] === undefined && name !== 'schedulerConfig')
      notes.push(`${path}: ${name} is left out: hubsim does not know it`);
  if (!isObject(snapshot.schedulerConfig)) return { found, notes };
  return { found, schedulerConfig: schedulerConfig(snapshot.schedulerConfig, path, notes), notes };
}

/** The configuration as a file of its own, without what hubsim would refuse. */
function schedulerConfig(config: JsonObject, path: string, notes: string[]): JsonObject {
  const { extenders: _, profiles: __, ...rest } = config;
  for (const [index] of objectsAt(config, 'extenders').entries())
    notes.push(`${path}: schedulerConfig.extenders[${index}] is left out: hubsim calls nobody`);
  const profiles = objectsAt(config, 'profiles').map((profile, index) =>
    knownPlugins(profile, `${path}: schedulerConfig.profiles[${index}]`, notes),
  );
  const head = { apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' };
  return { ...head, ...rest, ...(profiles.length > 0 ? { profiles } : {}) };
}

const KNOWN: ReadonlySet<unknown> = new Set(['*', ...DEFAULT_CHOICES.map(({ name }) => name)]);

/** A profile without the plugins that do not come with kube-scheduler. */
function knownPlugins(profile: JsonObject, place: string, notes: string[]): JsonObject {
  const { plugins } = profile;
  if (!isObject(plugins)) return profile;
  const known = Object.entries(plugins).map(([point, set]) => {
    if (!isObject(set)) return [point, set];
    for (const { name } of objectsAt(set, 'enabled'))
      if (!KNOWN.has(name)) notes.push(`${place}: ${String(name)} is left out: it does not come with kube-scheduler`);
    return [point, { ...set, enabled: objectsAt(set, 'enabled').filter(({ name }) => KNOWN.has(name)) }];
  });
  return { ...profile, plugins: Object.fromEntries(known) };
}
