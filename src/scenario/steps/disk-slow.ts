import * as z from 'zod';
import { duration } from '../schema-values.js';
import { ProcessDisturbance, readMember } from './process-fault.js';
import { type StepKind, stepKind } from './step-kind.js';

export const DISK_SLOW: StepKind = stepKind({
  shape: {
    fault: z.literal('disk-slow').describe('The disk of an etcd member takes longer'),
    target: z.string().describe('etcd/INDEX, etcd/any to draw one, or etcd/leader'),
    factor: z.number().min(1).describe('How many times longer'),
    for: duration('Until it is as before; never without it').optional(),
  },
  example: 'fault: disk-slow, target: etcd/0, factor: 50, for: 30s',
  read: ({ fault, target, factor, for: forNs = -1 }, reading) =>
    new ProcessDisturbance({ fault, process: readMember(target, reading), forNs, factor }),
});
