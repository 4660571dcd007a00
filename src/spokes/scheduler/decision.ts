import type { Diagnosis } from './diagnosis.js';
import type { Rejection } from './rejection.js';

/** What one search found. */
export interface Decision {
  /** Index of the chosen node; -1 if none fits. */
  readonly node: number;
  readonly feasible: number;
  /** Nodes that the filters looked at, and that were scored: what the cycle costs. */
  readonly filtered: number;
  readonly scored: number;
  /** Why no node fits. */
  readonly diagnosis: Diagnosis | undefined;
}

/** What comes of a pod that a plugin rejects without a look at any node. */
export function rejectedBeforehand(rejection: Rejection, totalNodes: number): Decision {
  const diagnosis = { beforehand: rejection, nodes: new Map(), excluded: 0, excludedBy: [], totalNodes };
  return { node: -1, feasible: 0, filtered: 0, scored: 0, diagnosis };
}
