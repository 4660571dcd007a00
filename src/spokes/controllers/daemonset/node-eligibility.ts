import type { Node } from '../../../api/node.js';
import { suits } from '../../../api/node-fit.js';
import type { PodShape } from '../../../api/pod-shape.js';
import { repels, type Taint, toleratesAny } from '../../../api/taint.js';

/** What a DaemonSet wants of a node. */
export interface Eligibility {
  /** A pod should be created if there is none. */
  readonly shouldRun: boolean;
  /** A pod that is there may stay. */
  readonly shouldContinueRunning: boolean;
}

/** Of a node that is none for the DaemonSet. */
export const NEITHER: Eligibility = { shouldRun: false, shouldContinueRunning: false };
const BOTH: Eligibility = { shouldRun: true, shouldContinueRunning: true };
const ONLY_STAY: Eligibility = { shouldRun: false, shouldContinueRunning: true };

/**
 * Whether a node is one for the DaemonSet (daemon_controller.go NodeShouldRunDaemonPod). `shape` is that of its
 * template with the daemon tolerations, `onlyNode` the node that its template names, if it does.
 */
export function nodeEligibility(node: Node, shape: PodShape, onlyNode: string): Eligibility {
  if (onlyNode !== '' && onlyNode !== node.metadata.name) return NEITHER;
  // A selector that does not parse matches no node here, where the scheduler would say so.
  if (!suits(shape, node)) return NEITHER;
  const repelling = node.spec.taints.filter((taint) => repels(taint) && !toleratesAny(shape.tolerations, taint));
  if (repelling.length === 0) return BOTH;
  return repelling.some(evicts) ? NEITHER : ONLY_STAY;
}

function evicts(taint: Taint): boolean {
  return taint.effect === 'NoExecute';
}
