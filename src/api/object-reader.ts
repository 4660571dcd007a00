import { milliCpuOf, unitsOf } from './amount.js';
import { NEW_CRON_JOB_STATUS } from './cron-job.js';
import { NEW_DAEMON_SET_STATUS } from './daemon-set.js';
import { defaulted } from './defaulting.js';
import { extraOf } from './extra-of.js';
import { NEW_AUTOSCALER_STATUS } from './horizontal-pod-autoscaler.js';
import { NEW_JOB_STATUS } from './job.js';
import { isObject, type JsonObject, objectAt } from './json.js';
import {
  CRON_JOB,
  DAEMON_SET,
  DEPLOYMENT,
  HORIZONTAL_POD_AUTOSCALER,
  JOB,
  type Kind,
  LEASE,
  LIMIT_RANGE,
  NAMESPACE,
  NODE,
  POD,
  POD_DISRUPTION_BUDGET,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  RESOURCE_QUOTA,
  SERVICE,
  STATEFUL_SET,
} from './kind.js';
import { type Labels, NO_LABELS } from './labels.js';
import { NO_FINALIZERS, ObjectMeta } from './meta.js';
import type { LeaseSpec, NodeImage, NodeSpec, NodeStatus } from './node.js';
import { type ApiObject, draft } from './object.js';
import { PENDING, PodSpec, type PodTemplate } from './pod.js';
import { NEW_BUDGET_STATUS } from './pod-disruption-budget.js';
import type { PodSpecManifest } from './pod-manifest.js';
import type { PodShapes } from './pod-shapes.js';
import { AUTOSCALER_FIELDS, autoscalerSpec } from './read-autoscaler.js';
import { BUDGET_FIELDS, budgetSpec } from './read-budget.js';
import { cronJobSpec, jobSpec } from './read-job.js';
import { SERVICE_FIELDS, serviceSpec } from './read-service.js';
import {
  daemonSetSpec,
  deploymentSpec,
  replicaSetSpec,
  replicationControllerSpec,
  statefulSetSpec,
} from './read-workload.js';
import { NO_EXTENDED, NO_RESOURCES, type Resources } from './resources.js';
import { NEW_STATEFUL_SET_STATUS } from './stateful-set.js';
import { NO_TAINTS, type Taint, type TaintEffect } from './taint.js';
import { NEW_DEPLOYMENT_STATUS, NEW_REPLICA_SET_STATUS } from './workload.js';

/** Turns checked manifests into drafts; equal labels, resources and pod specs become the same objects. */
export class ObjectReader {
  readonly #shapes: PodShapes;
  readonly #labels: Map<string, Labels> = new Map();
  readonly #resources: Map<string, Resources> = new Map();

  constructor(shapes: PodShapes) {
    this.#shapes = shapes;
  }

  /** A draft with the defaults of its kind. Throws InputError for values that no check foresaw. */
  read(kind: Kind, manifest: JsonObject): ApiObject {
    const meta = this.#meta(kind, objectAt(manifest, 'metadata') ?? {});
    switch (kind) {
      case POD:
        return this.#pod(meta, manifest);
      case NODE:
        return this.#node(meta, manifest);
      case DEPLOYMENT:
        return this.#workload(kind, meta, defaulted(manifest), deploymentSpec, NEW_DEPLOYMENT_STATUS);
      case REPLICA_SET:
        return this.#workload(kind, meta, defaulted(manifest), replicaSetSpec, NEW_REPLICA_SET_STATUS);
      case REPLICATION_CONTROLLER:
        return this.#replicationController(meta, defaulted(manifest));
      case SERVICE:
        return specced(kind, meta, defaulted(manifest), serviceSpec, SERVICE_FIELDS);
      case STATEFUL_SET:
        return this.#workload(kind, meta, defaulted(manifest), statefulSetSpec, NEW_STATEFUL_SET_STATUS);
      case DAEMON_SET:
        return this.#daemonSet(meta, defaulted(manifest));
      case JOB:
        return this.#job(meta, defaulted(manifest));
      case CRON_JOB:
        return this.#cronJob(meta, defaulted(manifest));
      case POD_DISRUPTION_BUDGET:
        return specced(kind, meta, manifest, budgetSpec, BUDGET_FIELDS, NEW_BUDGET_STATUS);
      case HORIZONTAL_POD_AUTOSCALER:
        return specced(kind, meta, defaulted(manifest), autoscalerSpec, AUTOSCALER_FIELDS, NEW_AUTOSCALER_STATUS);
      case LEASE:
        return draft(kind, meta, leaseSpec(objectAt(manifest, 'spec') ?? {}), undefined, extraOf(manifest));
      case LIMIT_RANGE:
      case RESOURCE_QUOTA:
        return draft(kind, meta, defaulted(manifest).spec ?? {}, undefined, extraOf(manifest));
      case NAMESPACE:
        return namespace(meta, manifest);
      default:
        return draft(kind, meta, manifest.spec, manifest.status, extraOf(manifest));
    }
  }

  #meta(kind: Kind, manifest: JsonObject): ObjectMeta {
    const { name, namespace, labels, annotations, finalizers } = manifest;
    return ObjectMeta.of({
      name: name as string,
      namespace: kind.namespaced ? ((namespace as string | undefined) ?? 'default') : '',
      labels: this.#internLabels(labels),
      annotations: this.#internLabels(annotations),
      finalizers: (finalizers as readonly string[] | undefined) ?? NO_FINALIZERS,
    });
  }

  #internLabels(labels: unknown): Labels {
    if (!isObject(labels)) return NO_LABELS;
    const key = JSON.stringify(labels);
    const known = this.#labels.get(key);
    if (known !== undefined) return known;
    const interned = Object.freeze({ ...labels }) as Labels;
    this.#labels.set(key, interned);
    return interned;
  }

  #pod(meta: ObjectMeta, manifest: JsonObject): ApiObject {
    const spec = manifest.spec as PodSpecManifest;
    return draft(POD, meta, new PodSpec(this.#shapes.of(spec), spec.nodeName ?? ''), PENDING, extraOf(manifest));
  }

  #node(meta: ObjectMeta, manifest: JsonObject): ApiObject {
    const status = objectAt(manifest, 'status') ?? {};
    const capacity = this.#internResources(objectAt(status, 'capacity'));
    const allocatable = objectAt(status, 'allocatable');
    const nodeStatus: NodeStatus = {
      capacity,
      allocatable: allocatable === undefined ? capacity : this.#internResources(allocatable),
      ready: '',
      readyReason: '',
      readySinceNs: -1,
      readyHeartbeatNs: -1,
      ...(Array.isArray(status.images) ? { images: status.images as readonly NodeImage[] } : {}),
    };
    const extra = extraOf(manifest, ['unschedulable', 'taints'], ['capacity', 'allocatable', 'conditions', 'images']);
    return draft(NODE, meta, nodeSpec(objectAt(manifest, 'spec') ?? {}), nodeStatus, extra);
  }

  #internResources(list: JsonObject | undefined): Resources {
    if (list === undefined) return NO_RESOURCES;
    const key = JSON.stringify(list);
    let resources = this.#resources.get(key);
    if (resources === undefined) {
      resources = resourcesOf(list as Record<string, string | number>);
      this.#resources.set(key, resources);
    }
    return resources;
  }

  #template(manifest: JsonObject): PodTemplate {
    const metadata = objectAt(manifest, 'metadata');
    return {
      labels: this.#internLabels(metadata?.labels),
      annotations: this.#internLabels(metadata?.annotations),
      shape: this.#shapes.of(manifest.spec as PodSpecManifest),
    };
  }

  /** An object whose spec holds the template of its pods; `specOf` reads the rest of it. */
  #workload<Spec extends { readonly template: PodTemplate }>(
    kind: Kind,
    meta: ObjectMeta,
    manifest: JsonObject,
    specOf: (spec: JsonObject, template: PodTemplate) => Spec,
    status: unknown,
  ): ApiObject {
    const { template, ...fields } = manifest.spec as JsonObject;
    const spec = specOf(withoutNulls(fields), this.#template(template as JsonObject));
    return draft(
      kind,
      meta,
      spec,
      status,
      extraOf(manifest, [...TYPED_IN_SPEC, ...('storage' in spec ? STORAGE : []), ...Object.keys(spec)]),
    );
  }

  /** Shapes leave nodeName out; a DaemonSet that names one runs there only. */
  #daemonSet(meta: ObjectMeta, manifest: JsonObject): ApiObject {
    const podSpec = objectAt(objectAt(objectAt(manifest, 'spec'), 'template'), 'spec');
    const nodeName = (podSpec?.nodeName as string | undefined) ?? '';
    const specOf = (spec: JsonObject, template: PodTemplate) => daemonSetSpec(spec, template, nodeName);
    return this.#workload(DAEMON_SET, meta, manifest, specOf, NEW_DAEMON_SET_STATUS);
  }

  #replicationController(meta: ObjectMeta, manifest: JsonObject): ApiObject {
    // Defaulting labels it like its pods.
    const labelled = meta.with({ labels: this.#internLabels(objectAt(manifest, 'metadata')?.labels) });
    return this.#workload(
      REPLICATION_CONTROLLER,
      labelled,
      manifest,
      replicationControllerSpec,
      NEW_REPLICA_SET_STATUS,
    );
  }

  #job(meta: ObjectMeta, manifest: JsonObject): ApiObject {
    // Defaulting labels a Job like its pods.
    const labelled = meta.with({ labels: this.#internLabels(objectAt(manifest, 'metadata')?.labels) });
    return this.#workload(JOB, labelled, manifest, jobSpec, NEW_JOB_STATUS);
  }

  #cronJob(meta: ObjectMeta, manifest: JsonObject): ApiObject {
    const { jobTemplate, ...fields } = withoutNulls(manifest.spec as JsonObject);
    const { metadata, spec } = jobTemplate as { metadata?: JsonObject; spec: JsonObject };
    const filled = defaulted({ kind: JOB.name, spec }).spec as JsonObject;
    const job = {
      labels: this.#internLabels(metadata?.labels),
      annotations: this.#internLabels(metadata?.annotations),
      spec: jobSpec(withoutNulls(filled), this.#template(filled.template as JsonObject)),
    };
    const read = cronJobSpec(fields, job);
    return draft(CRON_JOB, meta, read, NEW_CRON_JOB_STATUS, extraOf(manifest, Object.keys(read)));
  }
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

/** Amounts of a checked resource list. */
function resourcesOf(list: Readonly<Record<string, string | number>>): Resources {
  let extended: Map<string, number> | undefined;
  for (const [name, amount] of Object.entries(list)) {
    if (name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || name === 'pods') continue;
    extended ??= new Map();
    extended.set(name, unitsOf(amount));
  }
  return {
    milliCpu: milliCpuOf(list.cpu ?? 0),
    memory: unitsOf(list.memory ?? 0),
    ephemeralStorage: unitsOf(list['ephemeral-storage'] ?? 0),
    pods: unitsOf(list.pods ?? 0),
    extended: extended ?? NO_EXTENDED,
  };
}

function nodeSpec(manifest: JsonObject): NodeSpec {
  const taints = (manifest.taints as readonly JsonObject[] | undefined) ?? [];
  return {
    unschedulable: manifest.unschedulable === true,
    taints: taints.length === 0 ? NO_TAINTS : taints.map(taintOf),
  };
}

function taintOf({ key, value, effect }: JsonObject): Taint {
  return { key: key as string, value: (value as string | undefined) ?? '', effect: effect as TaintEffect };
}

function leaseSpec({ holderIdentity, leaseDurationSeconds }: JsonObject): LeaseSpec {
  return {
    holderIdentity: (holderIdentity as string | undefined) ?? '',
    leaseDurationSeconds: (leaseDurationSeconds as number | undefined) ?? 0,
    renewTimeNs: -1,
  };
}

/** A kind whose spec alone is typed, all but `fields` of it kept as it came. */
function specced(
  kind: Kind,
  meta: ObjectMeta,
  manifest: JsonObject,
  read: (spec: JsonObject) => unknown,
  fields: readonly string[],
  status?: unknown,
): ApiObject {
  return draft(kind, meta, read(objectAt(manifest, 'spec') ?? {}), status, extraOf(manifest, fields));
}

function namespace(meta: ObjectMeta, manifest: JsonObject): ApiObject {
  const labels = { ...meta.labels, 'kubernetes.io/metadata.name': meta.name };
  return draft(NAMESPACE, meta.with({ labels }), manifest.spec, { phase: 'Active' }, extraOf(manifest));
}

/** What makes the storage of a StatefulSet's spec. */
const STORAGE = ['volumeClaimTemplates', 'persistentVolumeClaimRetentionPolicy'] as const;

/** Fields of specs that are typed under other names. */
const TYPED_IN_SPEC = ['strategy', 'updateStrategy', 'ordinals', 'podFailurePolicy', 'successPolicy'] as const;
