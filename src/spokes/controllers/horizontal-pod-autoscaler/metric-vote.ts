/** What the metrics of an autoscaler ask for together, -1 if they cannot be relied on. */
export const NO_VOTE = -1;

/**
 * The largest of the metrics' proposals (horizontal.go computeReplicasForMetrics). Undefined proposals are those of
 * metrics that failed: with one of them the target is never scaled down, with only such ones it is left alone.
 */
export function voteOf(proposals: readonly (number | undefined)[], currentReplicas: number): number {
  const valid = proposals.filter((replicas) => replicas !== undefined);
  if (valid.length === 0) return NO_VOTE;
  const largest = Math.max(...valid);
  return valid.length < proposals.length && largest < currentReplicas ? NO_VOTE : largest;
}
