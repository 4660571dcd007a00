import * as z from 'zod';
import { positiveDuration } from '../schema-values.js';
import { ProcessDisturbance, readMember } from './process-fault.js';
import { type StepKind, stepKind } from './step-kind.js';

export const DEFRAGMENT: StepKind = stepKind({
  shape: {
    fault: z
      .literal('defragment')
      .describe(
        'etcdctl defrag of one member: it neither applies nor reads meanwhile, and its file is small afterwards',
      ),
    target: z.string().describe('etcd/INDEX, etcd/any to draw one, or etcd/leader'),
    for: positiveDuration('How long it takes'),
    compact: z
      .boolean()
      .optional()
      .describe('Whether etcdctl compact of the newest revision goes before; true without it'),
    disarm: z.boolean().optional().describe('Whether etcdctl alarm disarm follows; true without it'),
  },
  example: 'fault: defragment, target: etcd/0, for: 5s',
  read: ({ fault, target, for: forNs, compact: compacts = true, disarm: disarms = true }, reading) =>
    new ProcessDisturbance({ fault, process: readMember(target, reading), forNs, compacts, disarms }),
});
