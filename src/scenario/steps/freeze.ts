import * as z from 'zod';
import { KILLABLE } from '../../cluster/process-fault.js';
import { duration } from '../schema-values.js';
import { ProcessDisturbance, processKey, readProcess } from './process-fault.js';
import { type StepKind, stepKind } from './step-kind.js';

export const FREEZE: StepKind = stepKind({
  shape: {
    fault: z.literal('freeze').describe('A process stands still, as by SIGSTOP; what it is told waits for it'),
    target: processKey(),
    for: duration('Until it goes on; never without it').optional(),
  },
  example: 'fault: freeze, target: controller-manager/0, for: 12s',
  read: ({ fault, target, for: forNs = -1 }, reading) =>
    new ProcessDisturbance({ fault, process: readProcess(target, KILLABLE, reading), forNs }),
});
