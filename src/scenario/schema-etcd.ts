import * as z from 'zod';
import type { EtcdConfig } from '../cluster/config.js';
import { bytes, count, distribution, type Input, period, positiveDuration, section } from './schema-values.js';

export const etcd: z.ZodType<Input<EtcdConfig>> = section(
  {
    members: count(
      1,
      'Members, on a machine each; one of them leads, and a majority must have what is written',
      7,
    ).optional(),
    heartbeatInterval: period('--heartbeat-interval').optional(),
    electionTimeout: positiveDuration('--election-timeout; members wait up to twice as long for a leader').optional(),
    fsync: distribution('Time of one fsync').optional(),
    quotaBackendBytes: bytes(
      '--quota-backend-bytes: at it all writes but deletions are refused; 0: no limit',
    ).optional(),
    eventsSeparately: z
      .boolean()
      .optional()
      .describe('Whether Events have an etcd of their own (--etcd-servers-overrides), on the same machines'),
  },
  'etcd',
);
