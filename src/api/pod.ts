import { ANY_VALUE, keepFirst } from './any-number.js';
import type { Labels } from './labels.js';
import type { ApiObject } from './object.js';
import type { PodShape } from './pod-shape.js';

/** Spec of one pod: what it shares with all pods of its template, and the node it is bound to. */
export class PodSpec {
  readonly shape: PodShape;
  /** Name of the node, `''` while the pod is not bound. */
  readonly nodeName: string;

  constructor(shape: PodShape, nodeName: string) {
    this.shape = shape;
    this.nodeName = nodeName;
  }
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

/** Status of one pod. Times are virtual nanoseconds, -1 means never. */
export class PodStatus {
  readonly phase: PodPhase;
  readonly ready: boolean;
  /** When the Ready condition last became what it is. */
  readonly readySinceNs: number;
  /** When the kubelet took the pod (`status.startTime`). */
  readonly startTimeNs: number;
  /** Sum of container restarts. */
  readonly restarts: number;
  readonly nominatedNodeName: string;
  /** Message of PodScheduled=False (`0/3 nodes are available: …`), `''` when it is scheduled or never tried. */
  readonly unschedulable: string;
  /** Reason of a failed or disrupted pod (`Evicted`, `DeletionByTaintManager`), else `''`. */
  readonly reason: string;
  /** What the containers ended with; -1 while they have not. */
  readonly exitCode: number;
  /** What keeps its containers from running (`ContainerCreating`, `CrashLoopBackOff`, `ImagePullBackOff`), else `''`. */
  readonly waiting: string;

  static {
    keepFirst(new PodStatus('Pending', false, ANY_VALUE, ANY_VALUE, 0, '', '', '', -1, ''));
  }

  constructor(
    phase: PodPhase,
    ready: boolean,
    readySinceNs: number,
    startTimeNs: number,
    restarts: number,
    nominatedNodeName: string,
    unschedulable: string,
    reason: string,
    exitCode: number,
    waiting: string,
  ) {
    this.phase = phase;
    this.ready = ready;
    this.readySinceNs = readySinceNs;
    this.startTimeNs = startTimeNs;
    this.restarts = restarts;
    this.nominatedNodeName = nominatedNodeName;
    this.unschedulable = unschedulable;
    this.reason = reason;
    this.exitCode = exitCode;
    this.waiting = waiting;
  }

  /** What is left out is as in a pod that has just been created. */
  static of(init: Partial<PodStatus>): PodStatus {
    return PENDING.with(init);
  }

  /** The same but for some fields. Changes of many shapes are slow to read: what is made for each pod is made field by field. */
  with(change: Partial<PodStatus>): PodStatus {
    return new PodStatus(
      change.phase ?? this.phase,
      change.ready ?? this.ready,
      change.readySinceNs ?? this.readySinceNs,
      change.startTimeNs ?? this.startTimeNs,
      change.restarts ?? this.restarts,
      change.nominatedNodeName ?? this.nominatedNodeName,
      change.unschedulable ?? this.unschedulable,
      change.reason ?? this.reason,
      change.exitCode ?? this.exitCode,
      change.waiting ?? this.waiting,
    );
  }
}

/** Of a pod that has just been created. */
export const PENDING: PodStatus = new PodStatus('Pending', false, -1, -1, 0, '', '', '', -1, '');

export type Pod = ApiObject<PodSpec, PodStatus>;

/** A pod that counts: neither finished nor being deleted (controller.IsPodActive). */
export function isPodActive(pod: Pod): boolean {
  const phase = pod.status.phase;
  return phase !== 'Succeeded' && phase !== 'Failed' && !pod.metadata.deleting;
}

/** Whether a pod has ended. */
export function isTerminated({ status: { phase } }: Pod): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Ready for at least minReadySeconds at `nowNs` (podutil.IsPodAvailable). */
export function isPodAvailable(pod: Pod, minReadySeconds: number, nowNs: number): boolean {
  if (!pod.status.ready) return false;
  return minReadySeconds === 0 || pod.status.readySinceNs + minReadySeconds * 1e9 <= nowNs;
}

/** A template as Deployments and ReplicaSets carry it. */
export interface PodTemplate {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly shape: PodShape;
}
