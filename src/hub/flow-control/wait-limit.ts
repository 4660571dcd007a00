const WAIT_LIMIT_MAX_NS = 60e9;

/** How long a request may wait for seats: a quarter of its deadline (server/filters/priority-and-fairness.go). */
export function waitLimitNs(deadlineNs: number): number {
  return Math.min(Math.floor(deadlineNs / 4), WAIT_LIMIT_MAX_NS);
}
