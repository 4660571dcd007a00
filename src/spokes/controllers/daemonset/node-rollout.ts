import type { Pod } from '../../../api/pod.js';
import { isUpdated } from './daemon-pods.js';

/**
 * What a rolling update may do with a node: its old pod is alone and does not serve, it is alone and serves, or a new one
 * beside it can take over.
 */
export type RolloutRole = 'broken' | 'serving' | 'replaced';

/** How a node stands in a rolling update (update.go rollingUpdate). */
export interface NodeRollout {
  readonly role: RolloutRole | undefined;
  /** Its only old pod; undefined if there is none. */
  readonly oldPod: Pod | undefined;
  /** It counts as unavailable where old pods are deleted first. */
  readonly lacks: boolean;
  /** It counts as one with two pods where new ones are created first. */
  readonly surges: boolean;
  /** It counts as available there. */
  readonly holds: boolean;
}

/** The standing of a node with these pods; `wanted` says whether it should run one. */
export function nodeRollout(
  pods: readonly Pod[],
  wanted: boolean,
  hash: string,
  isAvailable: (pod: Pod) => boolean,
): NodeRollout {
  const idle = { role: undefined, oldPod: undefined, surges: false, holds: false };
  if (pods.length === 0) return { ...idle, lacks: wanted };
  const present = pods.filter((pod) => !pod.metadata.deleting);
  const newPods = present.filter((pod) => isUpdated(pod, hash));
  const oldPods = present.filter((pod) => !isUpdated(pod, hash));
  // The main loop prunes nodes with several of one kind first.
  if (newPods.length > 1 || oldPods.length > 1) return { ...idle, lacks: true, surges: true };
  const [newPod] = newPods;
  const [oldPod] = oldPods;
  const newServes = newPod !== undefined && isAvailable(newPod);
  const oldServes = oldPod !== undefined && isAvailable(oldPod);
  const both = newPod !== undefined && oldPod !== undefined;
  return {
    role: roleOf(newPod, oldPod, newServes, oldServes),
    oldPod,
    lacks: both || !(newServes || oldServes),
    surges: both && !newServes,
    holds: oldPod === undefined ? newServes : oldServes,
  };
}

function roleOf(
  newPod: Pod | undefined,
  oldPod: Pod | undefined,
  newServes: boolean,
  oldServes: boolean,
): RolloutRole | undefined {
  if (oldPod === undefined) return undefined;
  if (newPod === undefined) return oldServes ? 'serving' : 'broken';
  return newServes ? 'replaced' : undefined;
}
