import * as z from 'zod';
import { KILLABLE } from '../../cluster/process-fault.js';
import { duration } from '../schema-values.js';
import { ProcessDisturbance, processKey, readProcess } from './process-fault.js';
import { type StepKind, stepKind } from './step-kind.js';

export const KILL: StepKind = stepKind({
  shape: {
    fault: z.literal('kill').describe('A process dies at once'),
    target: processKey(),
    for: duration('Until it starts again; never without it').optional(),
  },
  example: 'fault: kill, target: scheduler/0, for: 5s',
  read: ({ fault, target, for: forNs = -1 }, reading) =>
    new ProcessDisturbance({ fault, process: readProcess(target, KILLABLE, reading), forNs }),
});
