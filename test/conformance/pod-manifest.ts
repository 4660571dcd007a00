import { POD } from '../../src/api/kind.js';
import type { Labels } from '../../src/api/labels.js';
import { ObjectMeta, type OwnerReference } from '../../src/api/meta.js';
import { draft } from '../../src/api/object.js';
import { type Pod, type PodPhase, PodSpec, PodStatus } from '../../src/api/pod.js';
import type { PodSpecManifest } from '../../src/api/pod-manifest.js';
import type { PodShape } from '../../src/api/pod-shape.js';
import type { PodShapes } from '../../src/api/pod-shapes.js';

/** A pod as vector files write it: an API object cut down to the fields that matter. */
export interface PodManifest {
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec?: PodSpecManifest;
  readonly status: {
    readonly phase: PodPhase;
    readonly startTime?: string;
    readonly conditions?: readonly PodConditionManifest[];
  };
}

export interface PodConditionManifest {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string;
}

/** RFC 3339 text as virtual time, counted from `epoch`; -1 when there is none. */
export function virtualNs(time: string | null | undefined, epoch: string): number {
  return time === undefined || time === null ? -1 : (Date.parse(time) - Date.parse(epoch)) * 1e6;
}

/** The pod of a manifest. `shapes` interns its spec; without them it has none. Owners keep their name, and have an identity by it. */
export function podOf(manifest: PodManifest, epoch: string, shapes?: PodShapes): Pod {
  const { metadata, spec, status } = manifest;
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return draft(
    POD,
    ObjectMeta.of({
      namespace: 'default',
      name: metadata.name,
      labels: metadata.labels ?? {},
      annotations: metadata.annotations ?? {},
      ownerReferences: (metadata.ownerReferences ?? []).map(({ name }) => ownerNamed(name)),
      creationTimestampNs: virtualNs(metadata.creationTimestamp, epoch),
      deletionTimestampNs: virtualNs(metadata.deletionTimestamp, epoch),
    }),
    new PodSpec(shapes === undefined || spec === undefined ? NO_SHAPE : shapes.of(spec), spec?.nodeName ?? ''),
    PodStatus.of({
      phase: status.phase,
      ready: ready?.status === 'True',
      readySinceNs: virtualNs(ready?.lastTransitionTime, epoch),
      startTimeNs: virtualNs(status.startTime, epoch),
    }),
  );
}

const OWNER_IDS = new Map<string, number>();

function ownerNamed(name: string): OwnerReference {
  const id = OWNER_IDS.get(name) ?? OWNER_IDS.size;
  OWNER_IDS.set(name, id);
  return { kindId: -1, id, name, controller: true, blockOwnerDeletion: true };
}

const NO_SHAPE = {} as PodShape;
