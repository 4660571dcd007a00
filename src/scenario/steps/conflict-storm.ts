import * as z from 'zod';
import { duration } from '../schema-values.js';
import { Load } from './load.js';
import { rateKey } from './rate-key.js';
import { NAMESPACE_KEY, objectKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

export const CONFLICT_STORM: StepKind = stepKind({
  shape: {
    fault: z
      .literal('conflict-storm')
      .describe('Somebody changes an object again and again, so that updates of others lose'),
    target: objectKey('Object'),
    rate: rateKey,
    for: duration('How long'),
    ...NAMESPACE_KEY,
  },
  example: 'fault: conflict-storm, target: deployment/shop, rate: poisson(rate=100), for: 20s',
  read: ({ target, rate, for: forNs }, reading) => {
    const rival = reading.object('target', target);
    if (rate.needsCount) throw reading.error('rate', 'a storm has no number of requests', 'write rate: 20');
    return new Load({
      clients: 1,
      verb: 'patch',
      resource: rival.kind.resource,
      manifest: undefined,
      rate,
      rival,
      count: -1,
      forNs,
      bytes: 0,
      objects: 0,
      as: 'system:masters',
      resourceVersion: undefined,
    });
  },
});
