import type { LabelSelector } from './label-selector.js';
import type { ApiObject } from './object.js';
import type { PodTemplate } from './pod.js';

/** An integer or a percentage (`25%`), as Kubernetes' IntOrString. */
export type IntOrPercent = number | string;

export interface DeploymentSpec {
  readonly replicas: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly strategy: 'RollingUpdate' | 'Recreate';
  readonly maxSurge: IntOrPercent;
  readonly maxUnavailable: IntOrPercent;
  readonly minReadySeconds: number;
  readonly revisionHistoryLimit: number;
  readonly progressDeadlineSeconds: number;
  readonly paused: boolean;
}

export interface DeploymentCondition {
  readonly type: 'Available' | 'Progressing' | 'ReplicaFailure';
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly lastUpdateNs: number;
  readonly lastTransitionNs: number;
}

export interface DeploymentStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
  readonly terminatingReplicas: number;
  readonly collisionCount: number;
  readonly conditions: readonly DeploymentCondition[];
}

export type Deployment = ApiObject<DeploymentSpec, DeploymentStatus>;

export interface ReplicaSetSpec {
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
}

/** The ReplicaFailure condition: pods could not be created or deleted. */
export interface ReplicaFailure {
  readonly reason: 'FailedCreate' | 'FailedDelete' | '';
  readonly message: string;
  readonly lastTransitionNs: number;
}

export interface ReplicaSetStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly fullyLabeledReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly terminatingReplicas: number;
  /** Present while the condition is true. */
  readonly failure?: ReplicaFailure;
}

export type ReplicaSet = ApiObject<ReplicaSetSpec, ReplicaSetStatus>;

/** Status of a Deployment that no controller has seen yet. */
export const NEW_DEPLOYMENT_STATUS: DeploymentStatus = Object.freeze({
  observedGeneration: 0,
  replicas: 0,
  updatedReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  unavailableReplicas: 0,
  terminatingReplicas: 0,
  collisionCount: 0,
  conditions: Object.freeze([]),
});

/** Status of a ReplicaSet that no controller has seen yet. */
export const NEW_REPLICA_SET_STATUS: ReplicaSetStatus = Object.freeze({
  observedGeneration: 0,
  replicas: 0,
  fullyLabeledReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  terminatingReplicas: 0,
});
