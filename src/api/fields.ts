import { choice, type Field, flag, ignored, integer, list, mapOf, object, text } from './field.js';
import { autoscalerSpec } from './fields-autoscaler.js';
import { budgetSpec } from './fields-budget.js';
import { cronJobSpec, jobSpec } from './fields-job.js';
import { freelyNamedMetadata, metadata, namespaceMetadata } from './fields-meta.js';
import { podSpec, quantities } from './fields-pod.js';
import { limitRangeSpec, quotaSpec } from './fields-quota.js';
import { serviceSpec } from './fields-service.js';
import {
  daemonSetSpec,
  deploymentSpec,
  replicaSetSpec,
  replicationControllerSpec,
  statefulSetSpec,
} from './fields-workload.js';
import { labelKeyProblem, labelValueProblem } from './names.js';

const taint: Field = object(
  {
    key: text(labelKeyProblem),
    value: text(labelValueProblem),
    effect: choice('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
    timeAdded: ignored,
  },
  'key',
  'effect',
);

const nodeSpec: Field = object({
  unschedulable: flag,
  taints: list(taint),
  configSource: ignored,
  externalID: ignored,
  podCIDR: ignored,
  podCIDRs: ignored,
  providerID: ignored,
});

const nodeStatus: Field = object({
  capacity: quantities,
  allocatable: quantities,
  addresses: ignored,
  conditions: ignored,
  config: ignored,
  daemonEndpoints: ignored,
  declaredFeatures: ignored,
  features: ignored,
  images: list(object({ names: list(text()), sizeBytes: integer(0, Number.MAX_SAFE_INTEGER) })),
  nodeInfo: ignored,
  phase: ignored,
  runtimeHandlers: ignored,
  volumesAttached: ignored,
  volumesInUse: ignored,
});

const leaseSpec: Field = object({
  holderIdentity: text(),
  leaseDurationSeconds: integer(1),
  renewTime: ignored,
  acquireTime: ignored,
  leaseTransitions: ignored,
  preferredHolder: ignored,
  strategy: ignored,
});

/** Above it only the system's own classes may be (scheduling.HighestUserDefinablePriority). */
const MAX_PRIORITY = 1_000_000_000;

/** Top-level fields by kind. */
const TYPED: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  ConfigMap: { metadata, data: mapOf(text()), binaryData: ignored, immutable: ignored },
  CronJob: { metadata, spec: cronJobSpec, status: ignored },
  DaemonSet: { metadata, spec: daemonSetSpec, status: ignored },
  Deployment: { metadata, spec: deploymentSpec, status: ignored },
  HorizontalPodAutoscaler: { metadata, spec: autoscalerSpec, status: ignored },
  Job: { metadata, spec: jobSpec, status: ignored },
  Lease: { metadata, spec: leaseSpec },
  LimitRange: { metadata, spec: limitRangeSpec },
  Namespace: { metadata: namespaceMetadata, spec: ignored, status: ignored },
  Node: { metadata, spec: nodeSpec, status: nodeStatus },
  Pod: { metadata, spec: podSpec, status: ignored },
  PodDisruptionBudget: { metadata, spec: budgetSpec, status: ignored },
  PriorityClass: {
    metadata,
    value: integer(-MAX_PRIORITY, MAX_PRIORITY),
    globalDefault: flag,
    preemptionPolicy: choice('PreemptLowerPriority', 'Never'),
    description: ignored,
  },
  ReplicaSet: { metadata, spec: replicaSetSpec, status: ignored },
  ReplicationController: { metadata, spec: replicationControllerSpec, status: ignored },
  ResourceQuota: { metadata, spec: quotaSpec, status: ignored },
  Service: { metadata, spec: serviceSpec, status: ignored },
  StatefulSet: { metadata, spec: statefulSetSpec, status: ignored },
};

/** Kinds that are nothing without these fields. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec'],
  DaemonSet: ['spec'],
  Deployment: ['spec'],
  HorizontalPodAutoscaler: ['spec'],
  Job: ['spec'],
  LimitRange: ['spec'],
  Pod: ['spec'],
  PriorityClass: ['value'],
  ReplicaSet: ['spec'],
  ReplicationController: ['spec'],
  StatefulSet: ['spec'],
};

/** Checks of the top-level fields of one kind. */
export interface KindFields {
  /** Undefined for a kind of which only the metadata is known. */
  readonly fields: Readonly<Record<string, Field>> | undefined;
  readonly metadata: Field;
  readonly required: readonly string[];
}

/** What is known of the fields of a kind. */
export function fieldsOf(kindName: string): KindFields {
  const fields = TYPED[kindName];
  return {
    fields,
    metadata: fields?.metadata ?? freelyNamedMetadata,
    required: ['metadata', ...(REQUIRED[kindName] ?? [])],
  };
}
