/** What a scheduler's work costs, in processor nanoseconds. */
export interface CycleCosts {
  /** A scheduling cycle before any node is looked at. */
  readonly cycleNs: number;
  readonly nodeFilteredNs: number;
  readonly nodeScoredNs: number;
}

export interface SchedulerOptions {
  /** Only pods that ask for this scheduler are placed. */
  readonly schedulerName: string;
  /** Minor of Kubernetes 1.x, which decides on formulas that changed. */
  readonly kubernetesMinor: number;
  /** 0 means by cluster size. */
  readonly percentageOfNodesToScore: number;
  readonly podInitialBackoffNs: number;
  readonly podMaxBackoffNs: number;
  readonly costs: CycleCosts;
}
