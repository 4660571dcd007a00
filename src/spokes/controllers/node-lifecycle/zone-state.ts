/** How well a zone is: `initial` until its first pass. */
export type ZoneState = 'initial' | 'normal' | 'partialDisruption' | 'fullDisruption';

/** Nodes of a zone by whether their Ready condition is True. */
export interface ZoneCounts {
  readonly ready: number;
  readonly notReady: number;
}

/** The rates at which nodes get the NoExecute taint, and what decides between them; names as the flags'. */
export interface EvictionRates {
  /** Nodes a second in a healthy zone. */
  readonly nodeEvictionRate: number;
  /** The same in a partially disrupted zone of a large cluster. */
  readonly secondaryNodeEvictionRate: number;
  /** Nodes; at and below it nothing is evicted from a partially disrupted zone. */
  readonly largeClusterSizeThreshold: number;
  /** Fraction of not-ready nodes from which a zone is partially disrupted. */
  readonly unhealthyZoneThreshold: number;
}

/** The state of a zone (node_lifecycle_controller.go ComputeZoneState); Go compares 32-bit floats here. */
export function zoneState({ ready, notReady }: ZoneCounts, unhealthyZoneThreshold: number): ZoneState {
  if (ready === 0 && notReady > 0) return 'fullDisruption';
  const share = Math.fround(notReady / (notReady + ready));
  return notReady > 2 && share >= Math.fround(unhealthyZoneThreshold) ? 'partialDisruption' : 'normal';
}

/** Nodes a second that may be tainted in a zone of this state and size. */
export function evictionRate(state: ZoneState, size: number, rates: EvictionRates): number {
  if (state !== 'partialDisruption') return rates.nodeEvictionRate;
  return size > rates.largeClusterSizeThreshold ? rates.secondaryNodeEvictionRate : 0;
}
