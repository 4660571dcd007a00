import { milliCpuOf, unitsOf } from '../api/amount.js';
import { InputError } from '../api/input-error.js';
import { NODE, POD } from '../api/kind.js';
import { type Labels, NO_LABELS } from '../api/labels.js';
import { labelKeyProblem, labelValueProblem } from '../api/names.js';
import type { Node } from '../api/node.js';
import { type Pod, PodSpec } from '../api/pod.js';
import type { Resources } from '../api/resources.js';
import { NODES_MAX } from '../api/size-limits.js';
import { nodeCount } from '../cluster/cluster-nodes.js';
import type {
  ClusterConfig,
  CountedNodes,
  ImageEntry,
  KubeletConfig,
  ListedNodes,
  MachineShape,
  NodeGroup,
  NodeGroupConfig,
  StaticPodEntry,
  WatcherGroup,
} from '../cluster/config.js';
import { KNOWN_MINORS, traitsOf } from '../cluster/versions.js';
import { parseDistribution } from '../random/parse-distribution.js';
import { readApiServer } from './api-server-reader.js';
import { clusterDefaults, GROUP_BOOT, kubeletDefaults } from './cluster-defaults.js';
import { fill } from './fill.js';
import type { ManifestFiles } from './manifest-files.js';
import { readNodes as readNodeNames } from './node-selection.js';
import { readOtherSchedulers, readScheduler } from './scheduler-reader.js';
import type { ClusterInput, ImageInput, StaticPodInput } from './schema-cluster.js';
import type { CountedNodesInput, MachineInput, NodeGroupInput } from './schema-nodes.js';
import { parsePositiveDuration } from './schema-values.js';
import type { Path, Source } from './source.js';
import { readState } from './state-reader.js';
import { suggest } from './suggest.js';
import { parseTaint } from './taint.js';

const DEFAULT_CAPACITY = { cpu: 32, memory: '128Gi', pods: 110, 'ephemeral-storage': '500Gi' };

/** `cluster:` with all defaults filled in and its files read. Throws InputError. */
export function readCluster(input: ClusterInput, source: Source, files: ManifestFiles): ClusterConfig {
  const minor = readMinor(input.kubernetes, source);
  const defaults = clusterDefaults(minor);
  const scheduler = readScheduler(input.scheduler, defaults.scheduler, source, ['cluster', 'scheduler'], files);
  return {
    kubernetesMinor: minor,
    traits: traitsOf(minor, input.featureGates),
    profile: input.profile ?? 'vm-2-core',
    nodes: readNodes(input, source, files),
    state: (input.state ?? []).flatMap((file, index) => readState(file, source, ['cluster', 'state', index], files)),
    apiServer: readApiServer(input.apiServer, defaults.apiServer, source),
    etcd: fill(defaults.etcd, input.etcd),
    scheduler,
    otherSchedulers: readOtherSchedulers(input.otherSchedulers ?? [], scheduler, defaults.scheduler, source, files),
    controllerManager: fill(defaults.controllerManager, input.controllerManager),
    nodeGroups: (input.nodeGroups ?? []).map((group, index) =>
      readGroup(group, source, ['cluster', 'nodeGroups', index]),
    ),
    clusterAutoscaler: fill(defaults.clusterAutoscaler, input.clusterAutoscaler),
    metricsServer: fill(defaults.metricsServer, input.metricsServer),
    kubelet: readKubelet(input, source),
    images: (input.images ?? []).map((image, index) => readImage(image, source, ['cluster', 'images', index])),
    staticPods: (input.staticPods ?? []).map((entry, index) =>
      readStaticPods(entry, source, ['cluster', 'staticPods', index], files),
    ),
    registry: fill(defaults.registry, input.registry),
    network: { ...defaults.network, delay: input.network?.delay },
    informers: fill(defaults.informers, input.informers),
    wiring: fill(defaults.wiring, input.wiring),
    control: input.control,
    watchers: readWatchers(input, source, files),
  };
}

/** What goes together, as the kubelet itself checks it (apis/config/validation/validation.go). */
function readKubelet({ kubelet }: ClusterInput, source: Source): KubeletConfig {
  const config = fill(kubeletDefaults(kubelet?.model ?? 'kubelet'), kubelet);
  const path = ['cluster', 'kubelet'];
  const { imageGcLowThresholdPercent: low, imageGcHighThresholdPercent: high } = config;
  const given = kubelet?.imageGcLowThresholdPercent ?? kubelet?.imageGcHighThresholdPercent;
  if (given !== undefined && low >= high)
    throw source.error(path, `imageGcLowThresholdPercent ${low} is not below imageGcHighThresholdPercent ${high}`);
  const { imageMaximumGcAgeNs: oldestNs, imageMinimumGcAgeNs: youngestNs } = config;
  if (oldestNs > 0 && oldestNs <= youngestNs)
    throw source.error(
      [...path, 'imageMaximumGcAge'],
      'it is not above imageMinimumGcAge',
      'write more, or 0s for none',
    );
  return config;
}

function readImage({ name, size, layers, failures = 0, on }: ImageInput, source: Source, path: Path): ImageEntry {
  if ((size === undefined) === (layers === undefined))
    throw source.error(
      path,
      'an image has either a size or layers',
      'write size: 800Mi, or layers: { base: 600Mi, … }',
    );
  const bytesByName = Object.entries(layers ?? { [name]: size ?? 0 });
  return {
    name,
    layers: bytesByName.map(([layer, bytes]) => ({ name: layer, bytes })),
    failures,
    on: on === undefined ? undefined : within(source, [...path, 'on'], () => readNodeNames(on, 'nodes/images')),
  };
}

/** They tolerate whatever befalls their node (config/common.go applyDefaults). */
function readStaticPods(
  { file, on }: StaticPodInput,
  source: Source,
  path: Path,
  files: ManifestFiles,
): StaticPodEntry {
  const objects = files.read(file, source, [...path, 'file']);
  const other = objects.find(({ kind }) => kind !== POD);
  if (other !== undefined)
    throw source.error(path, `${file} has a ${other.kind.name} (${other.metadata.name})`, 'only Pods belong here');
  if (objects.length === 0) throw source.error(path, `${file} has no pods`);
  const pods = (objects as readonly Pod[]).map((pod) => {
    const { spec } = pod.spec.shape;
    const tolerations = [...(spec.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' as const }];
    return pod.withSpec(new PodSpec(files.shapes.of({ ...spec, tolerations }), ''));
  });
  return {
    pods,
    on: on === undefined ? undefined : within(source, [...path, 'on'], () => readNodeNames(on, 'nodes/static')),
  };
}

function readWatchers({ watchers = [] }: ClusterInput, source: Source, files: ManifestFiles): readonly WatcherGroup[] {
  for (const [index, { resource }] of watchers.entries()) {
    if (files.kinds.all.some((kind) => kind.resource === resource)) continue;
    const path = ['cluster', 'watchers', index, 'resource'];
    const resources = files.kinds.all.map((kind) => kind.resource);
    throw source.error(path, `unknown resource ${JSON.stringify(resource)}`, suggest(resource, resources));
  }
  return watchers;
}

function readMinor(text: string | undefined, source: Source): number {
  if (text === undefined) return KNOWN_MINORS.at(-1)!;
  const minor = Number(/^v?1\.([0-9]+)(\.[0-9]+)?$/.exec(text)?.[1] ?? Number.NaN);
  if (KNOWN_MINORS.includes(minor)) return minor;
  const remedy = `known are ${KNOWN_MINORS.map((known) => `"1.${known}"`).join(', ')}, quoted`;
  throw source.error(['cluster', 'kubernetes'], `${JSON.stringify(text)} is not a known version`, remedy);
}

function readNodes(input: ClusterInput, source: Source, files: ManifestFiles): readonly NodeGroup[] {
  const groups = (input.nodes ?? []).map((group, index): NodeGroup => {
    const path = ['cluster', 'nodes', index];
    return 'file' in group
      ? listedNodes(group.file, source, [...path, 'file'], files)
      : countedNodes(group, source, path);
  });
  if (groups.length > 0) {
    checkSum(groups, source);
    return groups;
  }
  const remedy = 'write nodes: [ { count: 10 } ], or count: 0 for a hub without nodes';
  throw source.error(['cluster', 'nodes'], 'the cluster has no nodes', remedy);
}

/** Throws InputError where the groups together are too many. */
function checkSum(groups: readonly NodeGroup[], source: Source): void {
  const sum = nodeCount(groups);
  if (sum <= NODES_MAX) return;
  throw source.error(['cluster', 'nodes'], `${sum} nodes are too many`, `a cluster has at most ${NODES_MAX}`);
}

function listedNodes(file: string, source: Source, path: Path, files: ManifestFiles): ListedNodes {
  const objects = files.read(file, source, path);
  const other = objects.find((object) => object.kind !== NODE);
  if (other !== undefined)
    throw source.error(path, `${file} has a ${other.kind.name} (${other.metadata.name})`, 'only Nodes belong here');
  if (objects.length === 0) throw source.error(path, `${file} has no nodes`);
  return { source: 'file', nodes: objects as readonly Node[] };
}

function countedNodes(group: CountedNodesInput, source: Source, path: Path): CountedNodes {
  return { source: 'count', count: group.count, ...machineShape(group, source, path) };
}

function readGroup(group: NodeGroupInput, source: Source, path: Path): NodeGroupConfig {
  const { name, min: minSize = 0, max: maxSize, size = minSize } = group;
  if (size < minSize || size > maxSize)
    throw source.error(path, `${size} machines are not between ${minSize} and ${maxSize}`, 'write min ≤ size ≤ max');
  const boot = group.boot ?? parseDistribution(GROUP_BOOT, parsePositiveDuration);
  return { name, minSize, maxSize, size, boot, ...machineShape(group, source, path) };
}

function machineShape(group: MachineInput, source: Source, path: Path): MachineShape {
  const taints = (group.taints ?? []).map((text, index) =>
    within(source, [...path, 'taints', index], () => parseTaint(text)),
  );
  return {
    zone: group.zone ?? '',
    capacity: readCapacity({ ...DEFAULT_CAPACITY, ...group.capacity }, source, [...path, 'capacity']),
    labels: readLabels(group.labels ?? NO_LABELS, source, [...path, 'labels']),
    taints,
  };
}

function readLabels(labels: Labels, source: Source, path: Path): Labels {
  for (const [key, value] of Object.entries(labels)) {
    const problem = labelKeyProblem(key) ?? labelValueProblem(value);
    if (problem !== undefined) throw source.error([...path, key], `the key or value ${problem}`);
  }
  return labels;
}

function readCapacity(amounts: Readonly<Record<string, string | number>>, source: Source, path: Path): Resources {
  const units = new Map<string, number>();
  for (const [name, amount] of Object.entries(amounts)) {
    const read = (): number => (name === 'cpu' ? milliCpuOf(amount) : unitsOf(amount));
    const value = within(source, [...path, name], read);
    if (value < 0) throw source.error([...path, name], 'a capacity must not be negative');
    units.set(name, value);
  }
  const take = (name: string): number => {
    const value = units.get(name) ?? 0;
    units.delete(name);
    return value;
  };
  return {
    milliCpu: take('cpu'),
    memory: take('memory'),
    ephemeralStorage: take('ephemeral-storage'),
    pods: take('pods'),
    extended: units,
  };
}

/** What `read` gives; its InputError gets the place of `path`. */
export function within<T>(source: Source, path: Path, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? error.at(source.place(path)) : error;
  }
}
