import type { Pod } from '../../api/pod.js';
import type { WakeRule } from './cluster-event.js';
import type { ExtensionPoint } from './plugin-choice.js';
import type { PodKind } from './pod-kind.js';
import type { Rejection } from './rejection.js';

/** Range of a score: every plugin ends between 0 and this, then its weight is applied. */
export const MAX_SCORE = 100;

/** A pod that waits for a node. */
export interface PendingPod {
  readonly pod: Pod;
  readonly kind: PodKind;
}

/**
 * What answers of a plugin depend on beside the kind of the pod:
 * - `node`: on the node object alone,
 * - `pods`: also on the pods of that node,
 * - `cluster`: on anything, or on the one pod.
 * Answers of the first two sorts are kept per kind of pod and node, and asked for again only after the node changed.
 */
export type Reach = 'node' | 'pods' | 'cluster';

/** A plugin's say on where one pod fits (PreFilter made it, Filter is `check`). */
export interface PodFilter {
  /** Rejects the pod on every node, without a look at them. */
  readonly rejects?: Rejection;
  /** The only nodes that can fit, by name. */
  readonly only?: ReadonlySet<string>;
  /** Why the pod cannot be on the node; undefined if it can. */
  check(node: number): Rejection | undefined;
}

/** Which nodes get the same score from a plugin, whatever that is when they are scored. */
export interface Likeness {
  /** Nodes with the same number, from 0 to 2^20, do; −1: this node cannot be told. It changes with the node's version alone. */
  of(node: number): number;
}

/** A plugin's say on which node suits one pod better (PreScore made it). */
export interface PodScore {
  /** For plugins that look beyond the node: one object as long as the answers mean the same. */
  readonly likeness?: Likeness | undefined;
  /** Set when every node gets this very score, normalised: nothing else is asked then. */
  readonly uniform?: number;
  /** An integer; 0 to 100 if there is no `normalize`. */
  score(node: number): number;
  /** The scores of `nodes[0..count)` into `scores`, for a plugin that is quicker with all of them at once. */
  scoreAll?(scores: Float64Array, nodes: Int32Array, count: number): void;
  /** Brings the scores of all nodes, `scores[0..count)`, into 0 to 100, in place. */
  normalize?(scores: Float64Array, count: number): void;
}

/**
 * What stands against binding a pod that has its node: it has to wait, for so long at most, until the plugin allows it
 * ({@link WaitingPodsView.allow}), or it loses the node again.
 */
export type Permission = { readonly waitNs: number } | { readonly rejects: Rejection } | undefined;

/** A plugin of the scheduling framework; the extension points are those of kube-scheduler, in its words. */
export interface Plugin {
  readonly name: string;
  readonly reach: Reach;
  /** Which events may let a pod in that this plugin rejected (EventsToRegister with queueing hints). */
  readonly wakes?: readonly WakeRule[];
  /** Keeps a pod from even being queued (PreEnqueue). */
  gates?(pod: Pod): boolean;
  /** Undefined: the plugin has nothing against this pod anywhere (Skip). */
  filter?(pod: PendingPod): PodFilter | undefined;
  /** The pod is going to be on the node (Reserve). */
  reserve?(pod: Pod, node: number): void;
  /** It is not after all (Unreserve). */
  unreserve?(pod: Pod, node: number): void;
  /** The pod has its room on the node; undefined: it may be bound at once (Permit). */
  permit?(pod: Pod, node: number): Permission;
  /** Whether `score` tells a likeness or cares about nothing for the pod as such, whichever nodes it is given. */
  readonly tellsLikeness?: boolean;
  /**
   * Undefined: the plugin does not care where this pod goes (Skip). `feasible[0..count)` are the nodes in question, or one
   * of each likeness, which stand for so many.
   */
  score?(pod: PendingPod, feasible: Int32Array, count: number, standFor?: number): PodScore | undefined;
}

/** A plugin and the weight of its score in a profile. */
export interface WeightedPlugin {
  readonly plugin: Plugin;
  readonly weight: number;
  /** Where it takes part. @default everywhere */
  readonly points?: ReadonlySet<ExtensionPoint>;
}
