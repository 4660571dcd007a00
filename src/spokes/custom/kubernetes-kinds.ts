import type { JsonObject } from '../../api/json.js';
import { KindRef } from './kind-definition.js';

/** What the status of a workload has. */
interface WorkloadStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly updatedReplicas?: number;
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly [field: string]: unknown;
}

interface PodStatus {
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

interface PodSpec {
  readonly nodeName?: string;
  readonly [field: string]: unknown;
}

interface JobStatus {
  readonly active?: number;
  readonly succeeded?: number;
  readonly failed?: number;
}

function kubernetes<Spec = JsonObject, Status = JsonObject>(
  apiVersion: string,
  kind: string,
  plural: string,
  namespaced = true,
): KindRef<Spec, Status> {
  return new KindRef({ apiVersion, kind, plural, namespaced });
}

/** A workload that makes pods. */
type Workload = KindRef<WorkloadSpec, WorkloadStatus>;
/** Kinds without spec and status: all they have is `data`. */
type Data = KindRef<undefined, undefined>;

interface KubernetesKinds {
  readonly ConfigMap: Data;
  readonly CronJob: KindRef;
  readonly DaemonSet: Workload;
  readonly Deployment: Workload;
  readonly Job: KindRef<JsonObject, JobStatus>;
  readonly Namespace: KindRef;
  readonly Node: KindRef;
  readonly PersistentVolumeClaim: KindRef;
  readonly Pod: KindRef<PodSpec, PodStatus>;
  readonly ReplicaSet: Workload;
  readonly Secret: Data;
  readonly Service: KindRef;
  readonly StatefulSet: Workload;
}

/** Kinds of Kubernetes that spokes often watch and make; any other is `new KindRef({ apiVersion, kind, plural })`. */
export const k8s: KubernetesKinds = Object.freeze({
  ConfigMap: kubernetes<undefined, undefined>('v1', 'ConfigMap', 'configmaps'),
  CronJob: kubernetes('batch/v1', 'CronJob', 'cronjobs'),
  DaemonSet: kubernetes<WorkloadSpec, WorkloadStatus>('apps/v1', 'DaemonSet', 'daemonsets'),
  Deployment: kubernetes<WorkloadSpec, WorkloadStatus>('apps/v1', 'Deployment', 'deployments'),
  Job: kubernetes<JsonObject, JobStatus>('batch/v1', 'Job', 'jobs'),
  Namespace: kubernetes('v1', 'Namespace', 'namespaces', false),
  Node: kubernetes('v1', 'Node', 'nodes', false),
  PersistentVolumeClaim: kubernetes('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  Pod: kubernetes<PodSpec, PodStatus>('v1', 'Pod', 'pods'),
  ReplicaSet: kubernetes<WorkloadSpec, WorkloadStatus>('apps/v1', 'ReplicaSet', 'replicasets'),
  Secret: kubernetes<undefined, undefined>('v1', 'Secret', 'secrets'),
  Service: kubernetes('v1', 'Service', 'services'),
  StatefulSet: kubernetes<WorkloadSpec, WorkloadStatus>('apps/v1', 'StatefulSet', 'statefulsets'),
});
