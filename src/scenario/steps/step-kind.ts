import type * as z from 'zod';
import type { Action } from './action.js';
import type { StepReading } from './step-reading.js';

/** One kind of step: how it is written and what it means. */
export interface StepKind {
  /** Its keys; the first tells it from all other kinds, with faults by its value. */
  readonly shape: z.ZodRawShape;
  /** One as the documentation shows it. */
  readonly example: string;
  /** Throws InputError. */
  read(input: Readonly<Record<string, unknown>>, reading: StepReading): Action;
}

/** A kind of step whose `read` knows the types of its keys. */
export function stepKind<Shape extends z.ZodRawShape>(kind: {
  readonly shape: Shape;
  readonly example: string;
  read(input: z.output<z.ZodObject<Shape>>, reading: StepReading): Action;
}): StepKind {
  return kind as StepKind;
}
