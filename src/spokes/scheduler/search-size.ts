const MIN_NODES = 100;
const MIN_PERCENTAGE = 5;

/**
 * How many feasible nodes end the search: all below 100 nodes, else a percentage that shrinks with the cluster when it
 * is 0, but at least 5 % and 100 nodes (kubernetes-facts D2; schedule_one.go numFeasibleNodesToFind).
 */
export function feasibleNodesToFind(nodes: number, percentageOfNodesToScore: number): number {
  if (nodes < MIN_NODES) return nodes;
  const adaptive = Math.max(MIN_PERCENTAGE, 50 - Math.trunc(nodes / 125));
  const percentage = percentageOfNodesToScore === 0 ? adaptive : percentageOfNodesToScore;
  return Math.max(MIN_NODES, Math.trunc((nodes * percentage) / 100));
}
