/** Whether removing pods from a node could help (`Unschedulable`) or not (kube-scheduler framework Code). */
export type RejectionCode = 'Unschedulable' | 'UnschedulableAndUnresolvable';

/** Why a plugin keeps a pod off a node, worded as Kubernetes words it. Shared and compared by identity: never build one per node. */
export interface Rejection {
  readonly plugin: string;
  readonly code: RejectionCode;
  readonly reasons: readonly string[];
}

/** Removing pods from the node may make room. */
export function unschedulable(plugin: string, ...reasons: string[]): Rejection {
  return Object.freeze({ plugin, code: 'Unschedulable', reasons: Object.freeze(reasons) });
}

/** No preemption can help. */
export function unresolvable(plugin: string, ...reasons: string[]): Rejection {
  return Object.freeze({ plugin, code: 'UnschedulableAndUnresolvable', reasons: Object.freeze(reasons) });
}
