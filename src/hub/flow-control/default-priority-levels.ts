import type { PriorityLevel } from './priority-level.js';

/** The priority levels of Kubernetes 1.36, mandatory and suggested (pkg/apis/flowcontrol/bootstrap/default.go). */
export const DEFAULT_PRIORITY_LEVELS: readonly PriorityLevel[] = [
  { name: 'exempt', spec: { type: 'Exempt', exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } } },
  queued('leader-election', 10, 0, 16, 4),
  queued('node-high', 40, 25, 64, 6),
  queued('system', 30, 33, 64, 6),
  queued('workload-high', 40, 50, 128, 6),
  queued('workload-low', 100, 90, 128, 6),
  queued('global-default', 20, 50, 128, 6),
  {
    name: 'catch-all',
    spec: {
      type: 'Limited',
      limited: { nominalConcurrencyShares: 5, lendablePercent: 0, limitResponse: { type: 'Reject' } },
    },
  },
];

function queued(
  name: string,
  nominalConcurrencyShares: number,
  lendablePercent: number,
  queues: number,
  handSize: number,
): PriorityLevel {
  const limitResponse = { type: 'Queue', queuing: { queues, handSize, queueLengthLimit: 50 } } as const;
  return { name, spec: { type: 'Limited', limited: { nominalConcurrencyShares, lendablePercent, limitResponse } } };
}
