import type { LabelSelector } from './label-selector.js';
import type { ApiObject } from './object.js';
import type { PodTemplate } from './pod.js';
import type { IntOrPercent } from './workload.js';

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
