import * as z from 'zod';
import { duration } from '../schema-values.js';
import { type StepKind, stepKind } from './step-kind.js';
import { WATCH_KEYS, WatchDisturbance } from './watch-fault.js';

export const STALE_CACHE: StepKind = stepKind({
  shape: {
    fault: z.literal('stale-cache').describe('What a program hears of one kind of objects comes late'),
    ...WATCH_KEYS,
    for: duration('How long nothing arrives; then all of it at once'),
  },
  example: 'fault: stale-cache, target: kube-scheduler, resource: pods, for: 10s',
  read: ({ fault, target, resource, for: forNs }, reading) =>
    new WatchDisturbance(target, reading.resource('resource', resource), { fault, forNs }),
});
