import * as z from 'zod';
import { duration } from '../schema-values.js';
import { type StepKind, stepKind } from './step-kind.js';
import { WATCH_KEYS, WatchDisturbance } from './watch-fault.js';

export const WATCH_DROP: StepKind = stepKind({
  shape: {
    fault: z.literal('watch-drop').describe('The connection of a watch breaks, and the program opens it again'),
    ...WATCH_KEYS,
    for: duration('How long no connection can be made; 0s').optional(),
  },
  example: 'fault: watch-drop, target: kube-scheduler, resource: pods, for: 5s',
  read: ({ fault, target, resource, for: forNs = 0 }, reading) =>
    new WatchDisturbance(target, reading.resource('resource', resource), { fault, forNs }),
});
