import * as z from 'zod';
import { distribution, duration } from '../schema-values.js';
import { type StepKind, stepKind } from './step-kind.js';
import { WATCH_KEYS, WatchDisturbance } from './watch-fault.js';

export const WATCH_DELAY: StepKind = stepKind({
  shape: {
    fault: z.literal('watch-delay').describe('What a watch sends takes longer on its way'),
    ...WATCH_KEYS,
    delay: distribution('How much longer'),
    for: duration('How long that is so'),
  },
  example: 'fault: watch-delay, target: kubelet, resource: pods, delay: exponential(mean=500ms), for: 1m',
  read: ({ fault, target, resource, delay, for: forNs }, reading) =>
    new WatchDisturbance(target, reading.resource('resource', resource), { fault, forNs, delay }),
});
