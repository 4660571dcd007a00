import type { JsonObject } from './json.js';
import type { LabelSelector } from './label-selector.js';
import type { Labels } from './labels.js';
import type { ApiObject } from './object.js';
import type { PodTemplate } from './pod.js';
import type { IntOrPercent } from './workload.js';

/** A claim that each pod of a set has one of (`volumeClaimTemplates`). */
export interface ClaimTemplate {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: JsonObject;
}

/** Whether claims outlive what they were made for. */
export type ClaimRetention = 'Retain' | 'Delete';

/** What the pods of a set keep beyond their own lives. */
export interface StatefulStorage {
  readonly claims: readonly ClaimTemplate[];
  /** When the set is deleted. */
  readonly whenDeleted: ClaimRetention;
  /** When the set no longer wants the pod. */
  readonly whenScaled: ClaimRetention;
}

export interface StatefulSetSpec {
  readonly replicas: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly serviceName: string;
  /** `Parallel` does not wait for one pod before it starts or stops the next. */
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
  readonly updateStrategy: 'RollingUpdate' | 'OnDelete';
  /** Pods of this ordinal and above are updated; -1 when the strategy has no `rollingUpdate`. */
  readonly partition: number;
  /** Read only while the gate MaxUnavailableStatefulSet is on. */
  readonly maxUnavailable: IntOrPercent;
  readonly minReadySeconds: number;
  /** First ordinal (`ordinals.start`). */
  readonly firstOrdinal: number;
  readonly revisionHistoryLimit: number;
  /** Undefined where pods claim nothing. */
  readonly storage?: StatefulStorage;
}

export interface StatefulSetStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  /** Pods of the current and of the update revision. */
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
  /** Names of ControllerRevisions; they differ while an update is under way. */
  readonly currentRevision: string;
  readonly updateRevision: string;
  readonly collisionCount: number;
}

export type StatefulSet = ApiObject<StatefulSetSpec, StatefulSetStatus>;

/** Status of a StatefulSet that no controller has seen yet. */
export const NEW_STATEFUL_SET_STATUS: StatefulSetStatus = Object.freeze({
  observedGeneration: 0,
  replicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  currentReplicas: 0,
  updatedReplicas: 0,
  currentRevision: '',
  updateRevision: '',
  collisionCount: 0,
});
