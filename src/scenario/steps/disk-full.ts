import * as z from 'zod';
import { duration } from '../schema-values.js';
import { ProcessDisturbance, readMember } from './process-fault.js';
import { type StepKind, stepKind } from './step-kind.js';

export const DISK_FULL: StepKind = stepKind({
  shape: {
    fault: z.literal('disk-full').describe('The disk of an etcd member is full: it ends'),
    target: z.string().describe('etcd/INDEX, etcd/any to draw one, or etcd/leader'),

    for: duration('Until there is room, and it starts again; never without it').optional(),
  },
  example: 'fault: disk-full, target: etcd/any, for: 1m',
  read: ({ fault, target, for: forNs = -1 }, reading) =>
    new ProcessDisturbance({ fault, process: readMember(target, reading), forNs }),
});
