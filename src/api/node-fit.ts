import { InputError } from './input-error.js';
import type { Node } from './node.js';
import { matchesNode } from './node-affinity.js';
import type { PodShape } from './pod-shape.js';

/** Whether a node satisfies nodeSelector and required affinity. Throws InputError at a term that does not parse. */
export function fits({ nodeSelector, requiredNodeAffinity }: PodShape, { metadata }: Node): boolean {
  return matchesNode(nodeSelector, requiredNodeAffinity, metadata.name, metadata.labels);
}

/** The same; terms that do not parse match nothing. */
export function suits(shape: PodShape, node: Node): boolean {
  try {
    return fits(shape, node);
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
