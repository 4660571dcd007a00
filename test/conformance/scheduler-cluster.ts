import { NODE, POD, REPLICA_SET } from '../../src/api/kind.js';
import type { LabelSelector } from '../../src/api/label-selector.js';
import { type Labels, selects } from '../../src/api/labels.js';
import { type MetaInit, ObjectMeta, type OwnerReference } from '../../src/api/meta.js';
import type { Node } from '../../src/api/node.js';
import { ApiObject } from '../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../src/api/pod.js';
import type { PodSpecManifest, ResourceListManifest } from '../../src/api/pod-manifest.js';
import { PodShapes } from '../../src/api/pod-shapes.js';
import { resourceList, toResources } from '../../src/api/resource-list.js';
import type { Taint } from '../../src/api/taint.js';
import type { Listers } from '../../src/spokes/scheduler/listers.js';
import { NodeTable } from '../../src/spokes/scheduler/node-table.js';

interface MetaManifest {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Labels;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly controller?: boolean }[];
}

export interface NodeManifest {
  readonly metadata: MetaManifest;
  readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly Partial<Taint>[] };
  readonly status: {
    readonly allocatable?: ResourceListManifest;
    readonly conditions?: readonly { readonly status: string }[];
    readonly images?: readonly { readonly names: readonly string[]; readonly sizeBytes: number }[];
  };
}

export interface PodManifest {
  readonly metadata: MetaManifest;
  readonly spec: PodSpecManifest;
  readonly status?: {
    readonly startTime?: string;
    readonly nominatedNodeName?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  };
}

interface Selecting<T> {
  readonly metadata: MetaManifest;
  readonly spec: { readonly selector: T };
}

/** A cluster as the scheduler's vectors write it. */
export interface ClusterManifest {
  readonly nodes?: readonly NodeManifest[];
  readonly pods?: readonly PodManifest[];
  readonly pod: PodManifest;
  readonly namespaces?: readonly { readonly metadata: MetaManifest }[];
  readonly services?: readonly Selecting<Labels | undefined>[];
  readonly replicaSets?: readonly Selecting<LabelSelector>[];
}

/** Turns manifests of the vectors into objects; equal uids become equal ids. */
export class ObjectBuilder {
  readonly #shapes: PodShapes;
  readonly #ids: Map<string, number>;

  constructor() {
    this.#shapes = new PodShapes();
    this.#ids = new Map();
  }

  node({ metadata, spec, status }: NodeManifest): Node {
    const allocatable = toResources(resourceList(status.allocatable));
    const taints = (spec?.taints ?? []).map(({ key = '', value = '', effect = 'NoSchedule' }) => ({
      key,
      value,
      effect,
    }));
    const ready = (status.conditions?.[0]?.status ?? 'Unknown') as 'True';
    const full = { capacity: allocatable, allocatable, ready, readyReason: '', readySinceNs: 0, readyHeartbeatNs: 0 };
    const { images } = status;
    const withImages = images === undefined ? full : { ...full, images };
    const nodeSpec = { unschedulable: spec?.unschedulable ?? false, taints };
    return new ApiObject(NODE, this.#idOf(metadata), 1, this.#meta(metadata), nodeSpec, withImages);
  }

  pod({ metadata, spec, status }: PodManifest): Pod {
    const startTimeNs = status?.startTime === undefined ? -1 : Date.parse(status.startTime) * 1e6;
    const disruption = status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
    const podStatus = PodStatus.of({
      phase: 'Pending',
      startTimeNs,
      reason: disruption?.status === 'True' ? (disruption.reason ?? '') : '',
      nominatedNodeName: status?.nominatedNodeName ?? '',
    });
    const podSpec = new PodSpec(this.#shapes.of(spec), spec.nodeName ?? '');
    return new ApiObject(POD, this.#idOf(metadata), 1, this.#meta(metadata), podSpec, podStatus);
  }

  #meta({ name, namespace = '', labels, deletionTimestamp, ownerReferences = [] }: MetaManifest): ObjectMeta {
    const owners: readonly OwnerReference[] = ownerReferences.map((owner) => ({
      kindId: owner.kind === 'ReplicaSet' ? REPLICA_SET.id : -1,
      id: this.#idOf(owner),
      name: owner.name,
      controller: owner.controller ?? false,
      blockOwnerDeletion: false,
    }));
    const init: MetaInit = { name, namespace, ownerReferences: owners, ...(labels === undefined ? {} : { labels }) };
    return ObjectMeta.of(deletionTimestamp === undefined ? init : { ...init, deletionTimestampNs: 0 });
  }

  #idOf({ uid, name }: { readonly uid?: string; readonly name: string }): number {
    const key = uid ?? name;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(key, id);
    }
    return id;
  }
}

/** The namespaces, services and owners of a cluster. */
export function listersOf({ namespaces = [], services = [], replicaSets = [] }: Partial<ClusterManifest>): Listers {
  const labels = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  return {
    version: 0,
    ownerSelector: (namespace, owner) =>
      replicaSets.find(
        ({ metadata }) =>
          owner.kindId === REPLICA_SET.id && metadata.namespace === namespace && metadata.name === owner.name,
      )?.spec.selector,
    serviceSelectors: (namespace, podLabels) =>
      services.flatMap(({ metadata, spec }) => {
        const { selector } = spec;
        const isSelected = metadata.namespace === namespace && selector !== undefined && selects(selector, podLabels);
        return isSelected ? [selector] : [];
      }),
    namespaceLabels: (namespace) => labels.get(namespace),
  };
}

/** The table of a cluster with its pods in place. */
export function tableOf({ nodes = [], pods = [] }: ClusterManifest, builder: ObjectBuilder): NodeTable {
  const table = new NodeTable();
  for (const node of nodes) table.setNode(builder.node(node));
  for (const pod of pods) table.place(builder.pod(pod), pod.spec.nodeName!);
  return table;
}
