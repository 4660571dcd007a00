import type { Summary } from '../measure/summary.js';

/** The stretch of a pod's way that took the rollout longest. */
export interface SlowestPart {
  readonly name: 'creating pods' | 'scheduling' | 'starting pods' | 'deleting pods';
  readonly seconds: number;
  /** The client that held it up by its own rate limit, if one did. */
  readonly limitedClient: string | undefined;
}

/** A rate limit is the cause when a request waited for it for at least this part of the stretch. */
const CAUSE_SHARE = 0.1;

/** Whose requests move a pod through each stretch. */
const CLIENTS: Readonly<Record<SlowestPart['name'], RegExp>> = {
  'creating pods': /-controller$/,
  scheduling: /^kube-scheduler$/,
  'starting pods': /^kubelet$/,
  'deleting pods': /-controller$/,
};

/**
 * Compares when the last pod was created, bound and running: the difference between two milestones is what the step
 * between them added to the whole. `undefined` when nothing happened to any pod.
 */
export function slowestPart(summary: Summary): SlowestPart | undefined {
  const { createdAt, boundAt, runningAt, goneAt } = summary.pods;
  const created = createdAt.p100 ?? 0;
  const bound = boundAt.p100 ?? created;
  const parts: { name: SlowestPart['name']; seconds: number }[] = [
    { name: 'creating pods', seconds: created },
    { name: 'scheduling', seconds: bound - created },
    { name: 'starting pods', seconds: (runningAt.p100 ?? bound) - bound },
    { name: 'deleting pods', seconds: createdAt.p100 === null ? (goneAt.p100 ?? 0) : 0 },
  ];
  const slowest = parts.reduce((most, part) => (part.seconds > most.seconds ? part : most));
  if (slowest.seconds <= 0) return undefined;
  const waits = summary.hub.byClient
    .filter(({ client }) => CLIENTS[slowest.name].test(client))
    .sort((a, b) => (b.limiterWait.max ?? 0) - (a.limiterWait.max ?? 0));
  const limited = (waits[0]?.limiterWait.max ?? 0) >= CAUSE_SHARE * slowest.seconds;
  return { ...slowest, limitedClient: limited ? waits[0]?.client : undefined };
}
