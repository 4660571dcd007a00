import { unitsOf } from '../../api/amount.js';
import { compileSelector, type LabelSelector } from '../../api/label-selector.js';
import type { Labels } from '../../api/labels.js';
import type { Node } from '../../api/node.js';
import { matchesNode, NodeSelector, type NodeSelectorTermManifest } from '../../api/node-affinity.js';
import type { ApiObject } from '../../api/object.js';

interface VolumeSpec {
  readonly capacity?: { readonly storage?: string | number };
  readonly accessModes?: readonly string[];
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly claimRef?: { readonly namespace?: string; readonly name?: string } | null;
  readonly csi?: { readonly driver: string; readonly volumeHandle: string };
  readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms?: readonly NodeSelectorTermManifest[] } };
}

interface ClaimSpec {
  readonly accessModes?: readonly string[];
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly volumeName?: string;
  readonly selector?: LabelSelector;
  readonly resources?: { readonly requests?: { readonly storage?: string | number } };
}

export type PersistentVolume = ApiObject<VolumeSpec | undefined, { readonly phase?: string } | undefined>;
export type PersistentVolumeClaim = ApiObject<ClaimSpec | undefined, { readonly phase?: string } | undefined>;
/** Its fields are at the top level of the manifest. */
export type StorageClass = ApiObject<undefined, undefined>;
export type CsiNode = ApiObject<
  | { readonly drivers?: readonly { readonly name: string; readonly allocatable?: { readonly count?: number } }[] }
  | undefined,
  undefined
>;

/** The objects of storage as the scheduler knows them. */
export interface StorageObjects {
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  volumes(): Iterable<PersistentVolume>;
  storageClass(name: string): StorageClass | undefined;
  csiNode(name: string): CsiNode | undefined;
}

/** Where nobody claims any volume. */
export const NO_STORAGE: StorageObjects = {
  claim: () => undefined,
  volume: () => undefined,
  volumes: () => [],
  storageClass: () => undefined,
  csiNode: () => undefined,
};

/** Whether the volumes of a class are bound only when a pod that claims one is placed; undefined without such a class. */
export function waitsForConsumer(storageClass: StorageClass | undefined): boolean {
  return storageClass?.extra?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Who makes volumes of a class as they are claimed; `''` if nobody does. */
export function provisionerOf(storageClass: StorageClass | undefined): string {
  const provisioner = storageClass?.extra?.provisioner;
  return typeof provisioner === 'string' && provisioner !== 'kubernetes.io/no-provisioner' ? provisioner : '';
}

interface TopologyTerm {
  readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[];
}

/** Whether a class makes volumes for this node (allowedTopologies). */
export function allowsNode(storageClass: StorageClass | undefined, { labels }: { readonly labels: Labels }): boolean {
  const terms = (storageClass?.extra?.allowedTopologies ?? []) as readonly TopologyTerm[];
  if (terms.length === 0) return true;
  return terms.some(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.every(({ key, values }) => labels[key] !== undefined && values.includes(labels[key])),
  );
}

/** Whether a volume can be used on a node. */
export function reaches({ spec }: PersistentVolume, { metadata }: Node): boolean {
  const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || matchesNode(undefined, new NodeSelector(terms), metadata.name, metadata.labels);
}

export function sizeOf({ spec }: PersistentVolumeClaim): number {
  return unitsOf(spec?.resources?.requests?.storage ?? 0);
}

function capacityOf({ spec }: PersistentVolume): number {
  return unitsOf(spec?.capacity?.storage ?? 0);
}

/** Whether a volume is reserved for this claim. */
function isFor({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  return spec?.claimRef?.name === metadata.name && (spec.claimRef.namespace ?? '') === metadata.namespace;
}

/** Whether a claim may have a volume, wherever that is. */
function suits(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const [offer, wish] = [volume.spec, claim.spec];
  if (volume.metadata.deleting || capacityOf(volume) < sizeOf(claim)) return false;
  if ((offer?.volumeMode ?? 'Filesystem') !== (wish?.volumeMode ?? 'Filesystem')) return false;
  if (isFor(volume, claim)) return true;
  if (offer?.claimRef !== undefined && offer.claimRef !== null) return false;
  if ((volume.status?.phase ?? 'Available') !== 'Available') return false;
  if ((offer?.storageClassName ?? '') !== (wish?.storageClassName ?? '')) return false;
  if (wish?.selector !== undefined && !compileSelector(wish.selector).matches(volume.metadata.labels)) return false;
  return (wish?.accessModes ?? []).every((mode) => (offer?.accessModes ?? []).includes(mode));
}

/**
 * The volume a claim would get: one reserved for it, else the smallest that fits (component-helpers FindMatchingVolume).
 * Without a node it may be anywhere.
 */
export function matchingVolume(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  taken: { has(name: string): boolean },
  node: Node | undefined,
): PersistentVolume | undefined {
  let smallest: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (taken.has(volume.metadata.name) || !suits(volume, claim)) continue;
    const near = node === undefined || reaches(volume, node);
    if (isFor(volume, claim)) return near ? volume : undefined;
    if (near && (smallest === undefined || capacityOf(volume) < capacityOf(smallest))) smallest = volume;
  }
  return smallest;
}
