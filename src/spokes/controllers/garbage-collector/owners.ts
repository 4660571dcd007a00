import { DELETE_DEPENDENTS, ORPHAN_DEPENDENTS } from '../../../api/finalizers.js';
import type { ObjectMeta, OwnerReference } from '../../../api/meta.js';

/** How the owners of an object are (classifyReferences). */
export interface Owners {
  /** One of them is there to stay. */
  readonly solid: boolean;
  /** Those that do not exist. */
  readonly dangling: readonly OwnerReference[];
  /** Those that wait for this object to go. */
  readonly waiting: readonly OwnerReference[];
}

/** Whether an object is going to be deleted when its dependents have gone. */
export function awaitsDependents({ deleting, finalizers }: ObjectMeta): boolean {
  return deleting && finalizers.includes(DELETE_DEPENDENTS);
}

/** Whether an object is going to be deleted when its dependents no longer know it. */
export function orphansDependents({ deleting, finalizers }: ObjectMeta): boolean {
  return deleting && finalizers.includes(ORPHAN_DEPENDENTS);
}
