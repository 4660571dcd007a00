import * as z from 'zod';
import { REPLICAS_MAX } from '../api/size-limits.js';
import type { ApiServerConfig } from '../cluster/api-server-config.js';
import { type FlowSchemaInput, flowSchema, type PriorityLevelInput, priorityLevel } from './schema-flow-control.js';
import { count, duration, type Input, positiveDuration, section } from './schema-values.js';
import { type WebhookInput, webhook } from './schema-webhook.js';

/** `apiServer:` as written. */
export type ApiServerInput = Input<
  Omit<ApiServerConfig, 'flowSchemas' | 'priorityLevels' | 'mutatingWebhooks' | 'validatingWebhooks'>
> & {
  readonly flowSchemas?: readonly FlowSchemaInput[] | undefined;
  readonly priorityLevels?: readonly PriorityLevelInput[] | undefined;
  readonly mutatingWebhooks?: readonly WebhookInput[] | undefined;
  readonly validatingWebhooks?: readonly WebhookInput[] | undefined;
};

export const apiServer: z.ZodType<ApiServerInput> = section(
  {
    replicas: count(1, 'API servers behind one load balancer', REPLICAS_MAX).optional(),
    maxRequestsInflight: count(1, '--max-requests-inflight').optional(),
    maxMutatingRequestsInflight: count(1, '--max-mutating-requests-inflight').optional(),
    requestTimeout: positiveDuration(
      '--request-timeout: after it a request ends with 504; after a quarter with 429 if it has no seat',
    ).optional(),
    auditLevel: z
      .enum(['None', 'Metadata', 'Request', 'RequestResponse'])
      .optional()
      .describe('Level of the audit log'),
    eventTtl: positiveDuration('--event-ttl: how long Events are kept').optional(),
    etcdCompactionInterval: duration(
      '--etcd-compaction-interval: how often what was superseded before the last time is forgotten; 0s never',
    ).optional(),
    priorityLevels: z
      .array(priorityLevel)
      .optional()
      .describe('PriorityLevelConfigurations beside the default ones, or in place of one of the same name'),
    flowSchemas: z
      .array(flowSchema)
      .optional()
      .describe('FlowSchemas beside the default ones, or in place of one of the same name'),
    mutatingWebhooks: z
      .array(webhook)
      .optional()
      .describe('Webhooks that are asked one after the other: { name, latency, rules, timeoutSeconds, failurePolicy }'),
    validatingWebhooks: z.array(webhook).optional().describe('Webhooks that are asked after those, all at once'),
  },
  'kube-apiserver',
);
