import type { Distribution } from '../../random/distribution.js';
import type { Condition } from '../condition.js';
import type { Place } from '../place.js';
import type { Action } from './action.js';
import { Group } from './group.js';

/** One entry of `before` or `timeline`. */
export interface Step {
  /** Virtual time of the step on the clock of its steps, `AT_CONVERGED` or `AT_CONDITION`. */
  readonly atNs: number;
  /** Of `AT_CONDITION`. */
  readonly when?: Condition | undefined;
  readonly repeat?: Repetition | undefined;
  readonly place: Place;
  readonly action: Action;
}

/** `at: converged`: when everything before it has converged. */
export const AT_CONVERGED = -1;
/** `at: { when: … }`: when a condition over the live figures has come true. */
export const AT_CONDITION = -2;

/** A step happens again and again. */
export interface Repetition {
  readonly every: Distribution;
  /** In all; -1 without end. */
  readonly times: number;
  /** On the clock of its steps; -1 without end. */
  readonly untilNs: number;
}

/** The steps, and those within groups behind their group, in the order of the file. */
export function stepsWithin(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.action instanceof Group ? [step, ...stepsWithin(step.action.steps)] : [step]));
}
