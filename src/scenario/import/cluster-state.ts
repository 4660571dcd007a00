import { type JsonObject, objectAt, objectsAt } from '../../api/json.js';
import { KindRegistry } from '../../api/kind-registry.js';
import { cleanManifest } from './clean-manifest.js';
import type { Imported, ImportedFile } from './imported.js';
import { comment, manifestYaml, yamlOf } from './yaml-text.js';

/** An object of a dump, and where it stands. */
export interface Found {
  readonly manifest: JsonObject;
  readonly place: string;
}

export interface StateImport {
  readonly name: string;
  /** What the scenario is made of, for its head. */
  readonly origin: string;
  readonly found: readonly Found[];
  /** A KubeSchedulerConfiguration. */
  readonly schedulerConfig?: JsonObject;
  readonly notes: readonly string[];
}

/** Kinds that a running cluster writes by itself, over and over. */
const OWN_KINDS: ReadonlySet<string> = new Set(['Event', 'Lease', 'EndpointSlice', 'Endpoints', 'ControllerRevision']);
/** Namespaces that every cluster has from the start. */
const OWN_NAMESPACES: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/**
 * A scenario that starts from the state of a cluster: its nodes, its objects, and its pods where they are. Pods without
 * owner that have no node yet come at time zero, so that the scenario asks where they would go.
 */
export function importState(given: StateImport): Imported {
  const notes = [...given.notes];
  const nodes: JsonObject[] = [];
  const state: JsonObject[] = [];
  const pending: JsonObject[] = [];
  const kinds = new KindRegistry();
  for (const { manifest, place } of given.found) {
    const sort = sortOf(manifest, kinds);
    if (typeof sort !== 'string') notes.push(`${place}: ${sort.note}`);
    else if (sort === 'node') nodes.push(settledNode(manifest, place, notes));
    else if (sort === 'pending') pending.push(cleanManifest(manifest));
    else if (sort === 'state') state.push(cleanManifest(manifest));
  }
  noteLostOwners(state, notes);
  const files: ImportedFile[] = [{ path: 'scenario.yaml', text: scenarioText(given, nodes, state, pending, notes) }];
  for (const [path, manifests] of [
    ['nodes.yaml', nodes],
    ['state.yaml', state],
    ['pending.yaml', pending],
  ] as const)
    if (manifests.length > 0) files.push({ path, text: manifestYaml(manifests) });
  if (given.schedulerConfig !== undefined) files.push({ path: 'scheduler.yaml', text: yamlOf(given.schedulerConfig) });
  return { files, notes };
}

type Sort = 'node' | 'state' | 'pending' | 'own' | { readonly note: string };

function sortOf(manifest: JsonObject, kinds: KindRegistry): Sort {
  const { apiVersion, kind } = manifest as { apiVersion: string; kind: string };
  const metadata = objectAt(manifest, 'metadata') ?? {};
  if (kind === 'Node') return 'node';
  if (OWN_KINDS.has(kind) || (kind === 'Namespace' && OWN_NAMESPACES.has(String(metadata.name)))) return 'own';
  if (kinds.find(apiVersion, kind) === undefined)
    return { note: `${kind} ${String(metadata.name)} of ${apiVersion} is left out: hubsim does not know the kind` };
  if (metadata.deletionTimestamp !== undefined)
    return { note: `${kind} ${String(metadata.name)} is left out: it was being deleted` };
  if (kind !== 'Pod') return 'state';
  const bound = (objectAt(manifest, 'spec')?.nodeName ?? '') !== '';
  return bound || objectsAt(metadata, 'ownerReferences').length > 0 ? 'state' : 'pending';
}

function settledNode(manifest: JsonObject, place: string, notes: string[]): JsonObject {
  const ready = objectsAt(objectAt(manifest, 'status'), 'conditions').find(({ type }) => type === 'Ready');
  if (ready !== undefined && ready.status !== 'True')
    notes.push(`${place}: node ${String(objectAt(manifest, 'metadata')?.name)} was not ready; here it is`);
  const clean = cleanManifest(manifest);
  const { podCIDR: _, podCIDRs: __, providerID: ___, ...spec } = objectAt(clean, 'spec') ?? {};
  return { ...clean, spec };
}

/** Objects whose owner is not in the dump stand alone: no controller counts them. */
function noteLostOwners(state: readonly JsonObject[], notes: string[]): void {
  const idOf = (kind: unknown, namespace: unknown, name: unknown): string =>
    `${String(kind)} ${String(namespace)}/${String(name)}`;
  const present = new Set(
    state.map(({ kind, metadata }) =>
      idOf(kind, (metadata as JsonObject).namespace ?? 'default', (metadata as JsonObject).name),
    ),
  );
  const lost = new Map<string, number>();
  for (const { metadata } of state) {
    const { namespace = 'default' } = metadata as JsonObject;
    for (const { kind, name } of objectsAt(metadata as JsonObject, 'ownerReferences')) {
      const owner = idOf(kind, namespace, name);
      if (kind !== 'Node' && !present.has(owner)) lost.set(owner, (lost.get(owner) ?? 0) + 1);
    }
  }
  for (const [owner, count] of lost) notes.push(`${owner} is not among the objects: the ${count} it owns stand alone`);
}

function scenarioText(
  { name, origin, schedulerConfig }: StateImport,
  nodes: readonly JsonObject[],
  state: readonly JsonObject[],
  pending: readonly JsonObject[],
  notes: readonly string[],
): string {
  const about = [
    `${origin}.`,
    '',
    `nodes.yaml:   its nodes, ${nodes.length} in number`,
    `state.yaml:   what is there from the start, pods on their nodes: ${state.length} in number`,
    ...(pending.length > 0
      ? [`pending.yaml: pods that wait for a node and come at time zero: ${pending.length} in number`]
      : []),
    ...(schedulerConfig === undefined ? [] : ['scheduler.yaml: the configuration of its scheduler']),
    '',
    'Edit what you like: add steps to the timeline, take nodes away.',
  ];
  const doubts =
    notes.length === 0 ? [] : ['', 'Left out or different from the original:', ...notes.map((note) => `- ${note}`)];
  const scenario = {
    name,
    question: pending.length > 0 ? 'Where do the waiting pods go?' : 'What happens in this cluster?',
    seed: 1,
    cluster: {
      kubernetes: '1.36',
      nodes: nodes.length > 0 ? [{ file: 'nodes.yaml' }] : [{ count: 0 }],
      ...(state.length > 0 ? { state: ['state.yaml'] } : {}),
      ...(schedulerConfig === undefined ? {} : { scheduler: { config: 'scheduler.yaml' } }),
    },
    timeline: pending.length > 0 ? [{ at: '0s', apply: 'pending.yaml' }] : [],
    stop: { when: 'converged', atMost: '1h' },
  };
  return comment([...about, ...doubts]) + yamlOf(scenario);
}
