import { AssertionError } from '../../engine/index.js';
import type { Action } from './action.js';
import type { Step } from './step.js';

/** Steps with a clock of their own, which begins with the group. */
export class Group implements Action {
  readonly steps: readonly Step[];
  readonly isOrder: boolean = true;

  constructor(steps: readonly Step[]) {
    this.steps = steps;
  }

  get text(): string {
    return `${this.steps.length} steps`;
  }

  perform(): void {
    throw new AssertionError('the timeline opens groups, and performs what is in them');
  }
}
