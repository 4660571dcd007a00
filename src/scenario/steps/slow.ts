import * as z from 'zod';
import { KILLABLE } from '../../cluster/process-fault.js';
import { duration } from '../schema-values.js';
import { ProcessDisturbance, processKey, readProcess } from './process-fault.js';
import { type StepKind, stepKind } from './step-kind.js';

export const SLOW: StepKind = stepKind({
  shape: {
    fault: z.literal('slow').describe('All that a process does takes more processor time, until it is killed'),
    target: processKey(),
    factor: z.number().min(1).max(1_000_000).describe('How many times more; the profile says of what'),
    for: duration('Until it is as before; never without it').optional(),
  },
  example: 'fault: slow, target: scheduler/0, factor: 20, for: 1m',
  read: ({ fault, target, factor, for: forNs = -1 }, reading) =>
    new ProcessDisturbance({ fault, process: readProcess(target, KILLABLE, reading), forNs, factor }),
});
