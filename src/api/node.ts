import type { ApiObject } from './object.js';
import type { Resources } from './resources.js';
import type { Taint } from './taint.js';

export interface NodeSpec {
  readonly unschedulable: boolean;
  readonly taints: readonly Taint[];
}

/** Status of a condition; `''` while nobody has ever posted it. */
export type ConditionStatus = 'True' | 'False' | 'Unknown' | '';

/** An image that a node has, under all its names. */
export interface NodeImage {
  readonly names?: readonly string[];
  readonly sizeBytes?: number;
}

export interface NodeStatus {
  readonly capacity: Resources;
  readonly allocatable: Resources;
  /** The Ready condition. */
  readonly ready: ConditionStatus;
  readonly readyReason: string;
  readonly readySinceNs: number;
  readonly readyHeartbeatNs: number;
  /** The conditions MemoryPressure, DiskPressure and PIDPressure; undefined while nobody has posted them. */
  readonly memoryPressure?: boolean;
  readonly diskPressure?: boolean;
  readonly pidPressure?: boolean;
  /** What its manifest lists; the simulation pulls no images. */
  readonly images?: readonly NodeImage[];
}

export type Node = ApiObject<NodeSpec, NodeStatus>;

/** Spec of a Lease: who holds it and when it was renewed last. */
export interface LeaseSpec {
  readonly holderIdentity: string;
  readonly leaseDurationSeconds: number;
  readonly renewTimeNs: number;
  /** Of leases that several candidates want. */
  readonly acquireTimeNs?: number;
  readonly leaseTransitions?: number;
}

export type Lease = ApiObject<LeaseSpec, undefined>;
