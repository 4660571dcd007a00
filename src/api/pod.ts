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

  /** What is left out is as in `base`, or as in a pod that has just been created. Field by field: spreading is slow. */
  constructor(init: Partial<PodStatus>, base?: PodStatus) {
    this.phase = init.phase ?? base?.phase ?? 'Pending';
    this.ready = init.ready ?? base?.ready ?? false;
    this.readySinceNs = init.readySinceNs ?? base?.readySinceNs ?? -1;
    this.startTimeNs = init.startTimeNs ?? base?.startTimeNs ?? -1;
    this.restarts = init.restarts ?? base?.restarts ?? 0;
    this.nominatedNodeName = init.nominatedNodeName ?? base?.nominatedNodeName ?? '';
    this.unschedulable = init.unschedulable ?? base?.unschedulable ?? '';
    this.reason = init.reason ?? base?.reason ?? '';
    this.exitCode = init.exitCode ?? base?.exitCode ?? -1;
    this.waiting = init.waiting ?? base?.waiting ?? '';
  }

  with(change: Partial<PodStatus>): PodStatus {
    return new PodStatus(change, this);
  }
}

export const PENDING: PodStatus = new PodStatus({ phase: 'Pending' });

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
