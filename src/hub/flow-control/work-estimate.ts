/** The seats a request takes (flowcontrol/request/width.go). */
export interface WorkEstimate {
  /** While it is served. */
  readonly initialSeats: number;
  /** After its answer, for `additionalLatencyNs`. */
  readonly finalSeats: number;
  readonly additionalLatencyNs: number;
}

/** What any request takes that is neither a list nor a watch nor a write. */
export const ONE_SEAT: WorkEstimate = Object.freeze({ initialSeats: 1, finalSeats: 0, additionalLatencyNs: 0 });

/** The most seats a request may take: what its level allows (0 = no limit of its own), up to a limit for its kind. */
export function greatestWidth(levelMaxSeats: number, limit: number): number {
  return levelMaxSeats === 0 ? limit : Math.min(levelMaxSeats, limit);
}
