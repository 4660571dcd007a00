import { autoscalerManifest, autoscalerStatusManifest } from './autoscaler-manifest.js';
import { budgetManifest, budgetStatusManifest } from './budget-manifest.js';
import type { ControllerRevisionSpec } from './controller-revision.js';
import type { CronJobSpec, CronJobStatus } from './cron-job.js';
import type { DaemonSetSpec } from './daemon-set.js';
import type { EndpointSliceSpec } from './endpoint-slice.js';
import type { HorizontalPodAutoscalerSpec, HorizontalPodAutoscalerStatus } from './horizontal-pod-autoscaler.js';
import type { JobSpec, JobStatus } from './job.js';
import { cronJobManifest, cronJobStatusManifest, jobManifest, jobStatusManifest } from './job-manifest.js';
import { isObject, type JsonObject } from './json.js';
import {
  apiVersionOf,
  CONTROLLER_REVISION,
  CRON_JOB,
  DAEMON_SET,
  DEPLOYMENT,
  ENDPOINT_SLICE,
  HORIZONTAL_POD_AUTOSCALER,
  JOB,
  LEASE,
  NODE,
  POD,
  POD_DISRUPTION_BUDGET,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  SERVICE,
  STATEFUL_SET,
} from './kind.js';
import type { Labels } from './labels.js';
import type { ObjectMeta } from './meta.js';
import type { LeaseSpec, NodeSpec, NodeStatus } from './node.js';
import type { ApiObject } from './object.js';
import type { PodSpec, PodStatus } from './pod.js';
import type { PodDisruptionBudgetSpec, PodDisruptionBudgetStatus } from './pod-disruption-budget.js';
import { serviceManifest } from './read-service.js';
import { resourceTexts } from './resource-text.js';
import type { ServiceSpec } from './service.js';
import type { StatefulSetSpec } from './stateful-set.js';
import type { Taint } from './taint.js';
import { timestamp } from './timestamp.js';
import type { DeploymentSpec, DeploymentStatus, ReplicaSetSpec, ReplicaSetStatus } from './workload.js';
import {
  daemonSetManifest,
  deploymentManifest,
  replicaSetManifest,
  replicationControllerManifest,
  statefulSetManifest,
  templateManifest,
} from './workload-manifest.js';

/** The object as a manifest in JSON, with all that is known of it; what is unset is left out. */
export function toManifest(object: ApiObject): JsonObject {
  const { spec, status, ...extra } = (object.extra ?? {}) as JsonObject;
  const manifest: JsonObject = {
    apiVersion: apiVersionOf(object.kind),
    kind: object.kind.name,
    metadata: metadataManifest(object),
    ...extra,
    ...sliceManifest(object),
    spec: merged(spec, specManifest(object)),
    status: merged(status, statusManifest(object)),
  };
  return withoutUnset(manifest) as JsonObject;
}

/** An EndpointSlice has no spec: its content stands at the top. */
function sliceManifest({ kind, spec }: ApiObject): JsonObject {
  if (kind !== ENDPOINT_SLICE || spec === undefined) return {};
  const { ports, endpoints } = spec as EndpointSliceSpec;
  const entries = endpoints.map(({ podName, nodeName, zone, ready, serving, terminating }) => ({
    conditions: { ready, serving, terminating },
    nodeName,
    zone: zone === '' ? undefined : zone,
    targetRef: { kind: POD.name, name: podName },
  }));
  return { addressType: 'IPv4', ports, endpoints: entries };
}

/** The typed part of a section together with the rest that the object keeps in `extra`. */
function merged(rest: unknown, typed: unknown): unknown {
  return isObject(rest) && isObject(typed) ? { ...rest, ...typed } : (typed ?? rest);
}

/** Without fields that are undefined, at any depth. */
function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (!isObject(value)) return value;
  const set = Object.entries(value).filter(([, content]) => content !== undefined);
  return Object.fromEntries(set.map(([field, content]) => [field, withoutUnset(content)]));
}

function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function metadataManifest({ id, revision, metadata }: ApiObject): JsonObject {
  return {
    name: metadata.name,
    namespace: metadata.namespace === '' ? undefined : metadata.namespace,
    ...labelled(metadata),
    ownerReferences: unlessEmpty(
      metadata.ownerReferences.map(({ kindId: _, id: uid, ...owner }) => ({ ...owner, uid: String(uid) })),
    ),
    finalizers: unlessEmpty(metadata.finalizers),
    generation: metadata.generation === 0 ? undefined : metadata.generation,
    uid: id < 0 ? undefined : String(id),
    resourceVersion: revision === 0 ? undefined : String(revision),
    creationTimestamp: timestamp(metadata.creationTimestampNs),
    deletionTimestamp: timestamp(metadata.deletionTimestampNs),
    deletionGracePeriodSeconds: metadata.deleting ? metadata.deletionGracePeriodSeconds : undefined,
  };
}

function labelled({ labels, annotations }: Pick<ObjectMeta, 'labels' | 'annotations'>): JsonObject {
  return { labels: unlessEmpty<Labels>(labels), annotations: unlessEmpty<Labels>(annotations) };
}

function specManifest({ kind, spec }: ApiObject): unknown {
  switch (kind) {
    case POD:
      return podSpec(spec as PodSpec);
    case NODE:
      return unlessEmpty(nodeSpec(spec as NodeSpec));
    case DEPLOYMENT:
      return deploymentManifest(spec as DeploymentSpec);
    case REPLICA_SET:
      return replicaSetManifest(spec as ReplicaSetSpec);
    case ENDPOINT_SLICE:
      return undefined;
    case REPLICATION_CONTROLLER:
      return replicationControllerManifest(spec as ReplicaSetSpec);
    case SERVICE:
      return serviceManifest(spec as ServiceSpec);
    case CONTROLLER_REVISION:
      return {
        ...(spec as ControllerRevisionSpec),
        template: templateManifest((spec as ControllerRevisionSpec).template),
      };
    case STATEFUL_SET:
      return statefulSetManifest(spec as StatefulSetSpec);
    case DAEMON_SET:
      return daemonSetManifest(spec as DaemonSetSpec);
    case JOB:
      return jobManifest(spec as JobSpec);
    case CRON_JOB:
      return cronJobManifest(spec as CronJobSpec);
    case POD_DISRUPTION_BUDGET:
      return budgetManifest(spec as PodDisruptionBudgetSpec);
    case HORIZONTAL_POD_AUTOSCALER:
      return autoscalerManifest(spec as HorizontalPodAutoscalerSpec);
    case LEASE:
      return leaseSpec(spec as LeaseSpec);
    default:
      return spec;
  }
}

function podSpec({ shape, nodeName }: PodSpec): JsonObject {
  return nodeName === '' ? { ...shape.spec } : { ...shape.spec, nodeName };
}

function nodeSpec({ unschedulable, taints }: NodeSpec): JsonObject {
  return {
    ...(unschedulable ? { unschedulable } : {}),
    ...(taints.length > 0 ? { taints: taints.map(taintManifest) } : {}),
  };
}

function taintManifest({ key, value, effect, timeAddedNs }: Taint): JsonObject {
  return { key, value: value === '' ? undefined : value, effect, timeAdded: timestamp(timeAddedNs ?? -1) };
}

function leaseSpec({ renewTimeNs, acquireTimeNs = -1, ...spec }: LeaseSpec): JsonObject {
  return { ...spec, acquireTime: timestamp(acquireTimeNs), renewTime: timestamp(renewTimeNs) };
}

function statusManifest({ kind, spec, status }: ApiObject): unknown {
  switch (kind) {
    case POD:
      return podStatus(spec as PodSpec, status as PodStatus);
    case NODE:
      return nodeStatus(status as NodeStatus);
    case DEPLOYMENT:
      return deploymentStatus(status as DeploymentStatus);
    case REPLICA_SET:
    case REPLICATION_CONTROLLER:
      return replicaSetStatus(status as ReplicaSetStatus);
    case STATEFUL_SET:
    case DAEMON_SET:
      return nonZero(status as Readonly<Record<string, number | string>>);
    case JOB:
      return jobStatusManifest(status as JobStatus);
    case POD_DISRUPTION_BUDGET:
      return budgetStatusManifest(status as PodDisruptionBudgetStatus);
    case HORIZONTAL_POD_AUTOSCALER:
      return autoscalerStatusManifest(status as HorizontalPodAutoscalerStatus);
    case CRON_JOB:
      return cronJobStatusManifest(status as CronJobStatus);
    default:
      return status;
  }
}

function podStatus({ shape, nodeName }: PodSpec, status: PodStatus): JsonObject {
  const scheduled = nodeName !== '' || status.unschedulable !== '';
  const conditions = [
    { type: 'PodScheduled', status: nodeName === '' ? 'False' : 'True', message: status.unschedulable || undefined },
    { type: 'Ready', status: status.ready ? 'True' : 'False', lastTransitionTime: timestamp(status.readySinceNs) },
  ];
  return {
    phase: status.phase,
    qosClass: shape.qosClass,
    startTime: timestamp(status.startTimeNs),
    nominatedNodeName: status.nominatedNodeName || undefined,
    reason: status.reason || undefined,
    conditions: scheduled ? conditions : undefined,
  };
}

function nodeStatus(status: NodeStatus): JsonObject {
  const ready = {
    type: 'Ready',
    status: status.ready,
    reason: status.readyReason,
    lastTransitionTime: timestamp(status.readySinceNs),
    lastHeartbeatTime: timestamp(status.readyHeartbeatNs),
  };
  return {
    capacity: resourceTexts(status.capacity),
    allocatable: resourceTexts(status.allocatable),
    conditions: [
      ...pressure('MemoryPressure', status.memoryPressure),
      ...pressure('DiskPressure', status.diskPressure),
      ...pressure('PIDPressure', status.pidPressure),
      ready,
    ],
    images: status.images,
  };
}

function pressure(type: string, suffers: boolean | undefined): JsonObject[] {
  return suffers === undefined ? [] : [{ type, status: suffers ? 'True' : 'False' }];
}

function deploymentStatus({ conditions, ...status }: DeploymentStatus): JsonObject {
  return {
    ...nonZero(status),
    conditions: unlessEmpty(
      conditions.map(({ lastUpdateNs, lastTransitionNs, ...condition }) => ({
        ...condition,
        lastUpdateTime: timestamp(lastUpdateNs),
        lastTransitionTime: timestamp(lastTransitionNs),
      })),
    ),
  };
}

function replicaSetStatus({ failure, ...status }: ReplicaSetStatus): JsonObject {
  const { lastTransitionNs = -1, ...condition } = failure ?? {};
  const conditions = [
    { type: 'ReplicaFailure', status: 'True', ...condition, lastTransitionTime: timestamp(lastTransitionNs) },
  ];
  return { ...nonZero(status), replicas: status.replicas, conditions: failure === undefined ? undefined : conditions };
}

/** The API leaves out counters that are zero, and texts that are empty. */
function nonZero(counters: Readonly<Record<string, number | string>>): JsonObject {
  return Object.fromEntries(Object.entries(counters).filter(([, count]) => count !== 0 && count !== ''));
}
