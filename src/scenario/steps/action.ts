import type { ApiObject } from '../../api/object.js';
import type { Place } from '../place.js';
import type { Stage } from './stage.js';

/** What a step does: read-only, so that many runs can share it. */
export interface Action {
  /** As it is marked on the time axes of reports: `scale deployment/web to 3`. */
  readonly text: string;
  /**
   * Whether it changes what workloads should be: then convergence counts from it. Faults, and machines that come, only
   * change how hard it is to get there; convergence counts from one only if all was as desired before it.
   */
  readonly isOrder: boolean;
  readonly isFault?: boolean;
  /** How long it lasts, in nanoseconds, where that is known. */
  readonly forNs?: number;
  /** Drafts of what it makes. */
  readonly objects?: readonly ApiObject[];
  /** Namespaces of what it makes up by itself. */
  readonly namespaces?: readonly string[];
  /** Whether it means something only where somebody measures what pods use. */
  readonly isMeasured?: boolean;
  /** The same with names of its own, for one turn of a repetition; without it, every turn is the same. */
  turn?(number: number): Action;
  /** Makes what it needs, before time zero. Throws InputError. */
  prepare?(stage: Stage, place: Place): void;
  /** Throws InputError for what is not there. */
  perform(stage: Stage, place: Place): void;
}
