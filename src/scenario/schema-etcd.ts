import type { z } from 'zod';
import type { EtcdConfig } from '../cluster/config.js';
import { count, distribution, type Input, positiveDuration, section } from './schema-values.js';

export const etcd: z.ZodType<Input<EtcdConfig>> = section(
  {
    members: count(
      1,
      'Members, on a machine each; one of them leads, and a majority must have what is written',
      7,
    ).optional(),
    heartbeatInterval: positiveDuration('--heartbeat-interval').optional(),
    electionTimeout: positiveDuration('--election-timeout; members wait up to twice as long for a leader').optional(),
    fsync: distribution('Time of one fsync').optional(),
  },
  'etcd',
);
