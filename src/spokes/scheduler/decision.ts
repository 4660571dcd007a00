import type { Diagnosis } from './diagnosis.js';

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

/** A search that looked at so many nodes, none of which fits. */
export function rejected(diagnosis: Diagnosis, filtered: number): Decision {
  return { node: -1, feasible: 0, filtered, scored: 0, diagnosis };
}
