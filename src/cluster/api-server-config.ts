import type { FlowSchema } from '../hub/flow-control/flow-schema.js';
import type { PriorityLevel } from '../hub/flow-control/priority-level.js';
import type { Webhook } from '../hub/webhook.js';

/** `cluster.apiServer`: the flags of kube-apiserver, and what it is told of flow control and webhooks. */
export interface ApiServerConfig {
  /** API servers behind one load balancer. */
  readonly replicas: number;
  readonly maxRequestsInflight: number;
  readonly maxMutatingRequestsInflight: number;
  /** The longest that a request may take. */
  readonly requestTimeoutNs: number;
  readonly auditLevel: 'None' | 'Metadata' | 'Request' | 'RequestResponse';
  /** How long Events are kept. */
  readonly eventTtlNs: number;
  /** How often what was superseded before the last time is forgotten; 0 never. */
  readonly etcdCompactionIntervalNs: number;
  /** All there are, the default ones among them. */
  readonly flowSchemas: readonly FlowSchema[];
  readonly priorityLevels: readonly PriorityLevel[];
  readonly mutatingWebhooks: readonly Webhook[];
  readonly validatingWebhooks: readonly Webhook[];
}
