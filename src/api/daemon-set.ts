import type { LabelSelector } from './label-selector.js';
import type { ApiObject } from './object.js';
import type { PodTemplate } from './pod.js';
import type { IntOrPercent } from './workload.js';

export interface DaemonSetSpec {
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  /** The only node to run on (`template.spec.nodeName`), `''` for all. */
  readonly nodeName: string;
  readonly updateStrategy: 'RollingUpdate' | 'OnDelete';
  readonly maxUnavailable: IntOrPercent;
  readonly maxSurge: IntOrPercent;
  readonly minReadySeconds: number;
  readonly revisionHistoryLimit: number;
}

export interface DaemonSetStatus {
  readonly observedGeneration: number;
  /** Nodes that should run a pod, those of them that do, and others that do all the same. */
  readonly desiredNumberScheduled: number;
  readonly currentNumberScheduled: number;
  readonly numberMisscheduled: number;
  readonly updatedNumberScheduled: number;
  readonly numberReady: number;
  readonly numberAvailable: number;
  readonly numberUnavailable: number;
  readonly collisionCount: number;
}

export type DaemonSet = ApiObject<DaemonSetSpec, DaemonSetStatus>;

/** Status of a DaemonSet that no controller has seen yet. */
export const NEW_DAEMON_SET_STATUS: DaemonSetStatus = Object.freeze({
  observedGeneration: 0,
  desiredNumberScheduled: 0,
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  updatedNumberScheduled: 0,
  numberReady: 0,
  numberAvailable: 0,
  numberUnavailable: 0,
  collisionCount: 0,
});
