import * as z from 'zod';
import type { Distribution } from '../../random/distribution.js';
import { count, distribution, duration, parsed, parsePositiveDuration, section } from '../schema-values.js';
import { AT_CONVERGED } from './step.js';
import { STEP_KINDS } from './step-kinds.js';

/** One entry of `timeline:` or `before:` as written; which keys are there beside these says what it does. */
export interface StepInput extends Readonly<Record<string, unknown>> {
  readonly at?: number | WhenInput | undefined;
  readonly every?: Distribution | undefined;
  readonly times?: number | undefined;
  readonly until?: number | undefined;
  readonly namespace?: string | undefined;
}

/** A condition over the live figures. */
export interface WhenInput {
  readonly when: string;
}

/** Steps with a clock of their own. */
export interface GroupInput extends StepInput {
  readonly steps: readonly StepInput[];
}

/** In `before`, another scenario may stand for the state it leads to. */
export interface ScenarioStepInput extends StepInput {
  readonly scenario: string;
}

const time: z.ZodType<number> = parsed(
  (text) => (text === 'converged' ? AT_CONVERGED : parsePositiveDuration(text)),
  'Virtual time since time zero, or `converged`: when all before it has converged',
);
const at: z.ZodType<number | WhenInput> = z.union([
  time,
  section(
    { when: z.string().describe('CEL over the live figures') },
    'When a condition has come true, and the step before it has begun',
  ),
]);

const repetition = {
  every: distribution('Again and again, so far apart; the objects of an apply get names with -0, -1, …').optional(),
  times: count(1, 'How often in all').optional(),
  until: duration('No more after this time').optional(),
};

const nested: z.ZodType<StepInput> = z.unknown().transform((step, context): StepInput => {
  const result = timelineStepSchema.safeParse(step);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, input: step } as z.core.$ZodRawIssue);
  return z.NEVER;
});
const group = { steps: z.array(nested).describe('Steps whose times count from when the group begins') };
const scenario = { scenario: z.string().describe('Another scenario file: its before and timeline are done first') };

const shapes = STEP_KINDS.map(({ shape }) => shape);
const timed = [...shapes, group].map((shape) => section({ at, ...shape, ...repetition }, 'A step of the timeline'));
const untimed = [...shapes, scenario].map((shape) => section(shape, 'A step before time zero'));

export const timelineStepSchema: z.ZodType<StepInput> = z.union(timed);
export const beforeStepSchema: z.ZodType<StepInput> = z.union(untimed);
