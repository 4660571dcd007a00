import type { Labels } from './labels.js';
import type { NodeSelector, PreferredTerm } from './node-affinity.js';
import type { PodSpecManifest } from './pod-manifest.js';
import type { Resources } from './resources.js';
import type { Toleration } from './taint.js';

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** Quality of service: which pods the kubelet evicts first. */
export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** A port that a pod takes on its node. */
export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

/**
 * Everything that the pods of one template share, worked out once: a cluster of a million pods has a few hundred
 * shapes. Shapes are interned by `PodShapes`, so that equal specs are the same object with the same dense id.
 */
export interface PodShape {
  /** Dense number within its registry. */
  readonly id: number;
  /** The defaulted spec, whole and without nodeName. */
  readonly spec: PodSpecManifest;
  /** What the scheduler and the node count the pod as (PodRequests); `pods` is 0. */
  readonly requests: Resources;
  readonly limits: Resources;
  /** Requests for scoring: 100m and 200 MiB where a container states none (kubernetes-facts D3). */
  readonly nonZeroMilliCpu: number;
  readonly nonZeroMemory: number;
  readonly qosClass: QosClass;
  readonly nodeSelector: Labels | undefined;
  readonly requiredNodeAffinity: NodeSelector | undefined;
  readonly preferredNodeAffinity: readonly PreferredTerm[];
  readonly tolerations: readonly Toleration[];
  readonly priority: number;
  readonly preemptionPolicy: string;
  readonly schedulerName: string;
  readonly terminationGracePeriodSeconds: number;
  readonly restartPolicy: RestartPolicy;
  readonly hostPorts: readonly HostPort[];
  /** Image of every container, init containers first. */
  readonly images: readonly string[];
}
