import { z } from 'zod';
import { REPLICAS_MAX } from '../api/size-limits.js';
import type { ApiServerConfig } from '../cluster/config.js';
import { count, duration, type Input, positiveDuration, section } from './schema-values.js';

export const apiServer: z.ZodType<Input<ApiServerConfig>> = section(
  {
    replicas: count(1, 'API servers behind one load balancer', REPLICAS_MAX).optional(),
    maxRequestsInflight: count(1, '--max-requests-inflight').optional(),
    maxMutatingRequestsInflight: count(1, '--max-mutating-requests-inflight').optional(),
    auditLevel: z
      .enum(['None', 'Metadata', 'Request', 'RequestResponse'])
      .optional()
      .describe('Level of the audit log'),
    eventTtl: positiveDuration('--event-ttl: how long Events are kept').optional(),
    etcdCompactionInterval: duration(
      '--etcd-compaction-interval: how often what was superseded before the last time is forgotten; 0s never',
    ).optional(),
  },
  'kube-apiserver',
);
