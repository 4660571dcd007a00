import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import type { Plugin } from './plugin.js';
import type { WaitingPodsView } from './waiting-pods.js';

/** What a plugin may look at: the nodes by index, and the pods that are on them or about to be. */
export interface ClusterView {
  /** Undefined where a node is not known, or no more. */
  readonly nodes: readonly (Node | undefined)[];
  readonly pods: readonly (readonly { readonly pod: Pod }[])[];
  /** Number of nodes. */
  readonly size: number;
  /** Indexes of all nodes, in search order. */
  order(): Int32Array;
}

/** A plugin that does not come with hubsim. It runs in every profile, after all others. */
export interface CustomPlugin {
  /** Weight of its score. @default 1 */
  readonly weight?: number;
  /** Called once for each profile. `waiting`: the pods that Permit plugins keep waiting. */
  make(cluster: ClusterView, waiting: WaitingPodsView): Plugin;
}
