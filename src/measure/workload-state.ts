import type { DaemonSet } from '../api/daemon-set.js';
import { finishedCondition, type Job } from '../api/job.js';
import {
  DAEMON_SET,
  DEPLOYMENT,
  JOB,
  LEASE,
  NAMESPACE,
  NODE,
  POD,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  STATEFUL_SET,
} from '../api/kind.js';
import { controllerOf } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { StatefulSet } from '../api/stateful-set.js';
import type { Deployment, ReplicaSet } from '../api/workload.js';

/** How far a workload is from what its owner wants. */
export interface WorkloadState {
  readonly desired: number;
  readonly available: number;
  /** Whether observed and desired state are equal. */
  readonly converged: boolean;
}

/**
 * The state of an object that somebody ordered: a workload, or a pod of its own. `undefined` for what another object
 * answers for (a ReplicaSet of a Deployment, its pods) and for kinds without a desired state.
 */
export function workloadState(object: ApiObject): WorkloadState | undefined {
  // Nearly all that is committed in a cluster at rest.
  if (object.kind === LEASE || object.kind === NODE) return undefined;
  if (controllerOf(object.metadata) !== undefined) return undefined;
  if (object.kind === DEPLOYMENT) return deploymentState(object as Deployment);
  if (object.kind === REPLICA_SET || object.kind === REPLICATION_CONTROLLER)
    return replicaSetState(object as ReplicaSet);
  if (object.kind === STATEFUL_SET) return statefulSetState(object as StatefulSet);
  if (object.kind === DAEMON_SET) return daemonSetState(object as DaemonSet);
  if (object.kind === JOB) return jobState(object as Job);
  if (object.kind === POD) return podState(object as Pod);
  if (object.kind === NAMESPACE && object.metadata.deleting) return ENDING;
  return object.kind.asDesired === undefined ? undefined : customState(object);
}

/** A namespace is only in question while it ends. */
const ENDING: WorkloadState = { desired: 0, available: 0, converged: false };

/** As `kubectl rollout status` judges: the controller has seen the spec, and all replicas are new and available. */
function deploymentState({ metadata, spec, status }: Deployment): WorkloadState {
  const desired = spec.replicas;
  const converged =
    !metadata.deleting &&
    status.observedGeneration >= metadata.generation &&
    status.updatedReplicas === desired &&
    status.replicas === desired &&
    status.availableReplicas === desired;
  return { desired, available: status.availableReplicas, converged };
}

function replicaSetState({ metadata, spec, status }: ReplicaSet): WorkloadState {
  const desired = spec.replicas;
  const converged =
    !metadata.deleting &&
    status.observedGeneration >= metadata.generation &&
    status.replicas === desired &&
    status.availableReplicas === desired;
  return { desired, available: status.availableReplicas, converged };
}

/** As `kubectl rollout status` judges, and with no surplus pods; a partition leaves the lower ordinals as they are. */
function statefulSetState({ metadata, spec, status }: StatefulSet): WorkloadState {
  const desired = spec.replicas;
  const toUpdate = spec.updateStrategy === 'RollingUpdate' ? Math.max(0, desired - Math.max(0, spec.partition)) : 0;
  const converged =
    !metadata.deleting &&
    status.observedGeneration >= metadata.generation &&
    status.updatedReplicas >= toUpdate &&
    status.replicas === desired &&
    status.availableReplicas === desired;
  return { desired, available: status.availableReplicas, converged };
}

/** As `kubectl rollout status` judges: every node that should run a pod has one of the present template, available. */
function daemonSetState({ metadata, spec, status }: DaemonSet): WorkloadState {
  const desired = status.desiredNumberScheduled;
  const toUpdate = spec.updateStrategy === 'RollingUpdate' ? desired : 0;
  const converged =
    !metadata.deleting &&
    status.observedGeneration >= metadata.generation &&
    status.updatedNumberScheduled >= toUpdate &&
    status.numberAvailable === desired;
  return { desired, available: status.numberAvailable, converged };
}

/** A Job wants to end, well or not; one that is suspended wants to run nothing. */
function jobState({ metadata, spec, status }: Job): WorkloadState {
  const finished = finishedCondition(status) !== undefined;
  const suspended = spec.suspend && status.active === 0 && status.terminating === 0;
  const desired = spec.completions < 0 ? 1 : spec.completions;
  return { desired, available: status.succeeded, converged: !metadata.deleting && (finished || suspended) };
}

function podState({ metadata, status }: Pod): WorkloadState {
  const done = status.phase === 'Succeeded' || status.phase === 'Failed';
  const up = status.phase === 'Running' && status.ready;
  return { desired: 1, available: up ? 1 : 0, converged: !metadata.deleting && (up || done) };
}

/** One thing wanted, which is there when its kind says so. */
function customState(object: ApiObject): WorkloadState {
  const converged = !object.metadata.deleting && object.kind.asDesired!(object);
  return { desired: 1, available: converged ? 1 : 0, converged };
}
