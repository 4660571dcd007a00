/** A size that the metrics asked for. */
export interface Recommendation {
  readonly timeNs: number;
  readonly replicas: number;
}

/** A change of size that was made, as a positive number. */
export interface ScaleEvent {
  readonly timeNs: number;
  readonly change: number;
}

/** What an autoscaler remembers from one look to the next. */
export interface ScaleHistory {
  readonly recommendations: readonly Recommendation[];
  readonly ups: readonly ScaleEvent[];
  readonly downs: readonly ScaleEvent[];
}

/** The history of an autoscaler that sees its target for the first time: the present size is its first recommendation. */
export function newHistory(currentReplicas: number, nowNs: number): ScaleHistory {
  return { recommendations: [{ timeNs: nowNs, replicas: currentReplicas }], ups: [], downs: [] };
}

/** Changes made within a period (getReplicasChangePerPeriod). */
export function changeWithin(events: readonly ScaleEvent[], periodSeconds: number, nowNs: number): number {
  const cutoffNs = nowNs - periodSeconds * 1e9;
  return events.reduce((sum, { timeNs, change }) => (timeNs > cutoffNs ? sum + change : sum), 0);
}

/**
 * The entries with one more, which takes the place of the last of those from before the cutoff if there are any
 * (storeScaleEvent, stabilizeRecommendation). The other old ones stay: a policy of the other direction may look back
 * further than the one that set the cutoff.
 */
export function remembering<Entry extends { readonly timeNs: number }>(
  entries: readonly Entry[],
  entry: Entry,
  cutoffNs: number,
): readonly Entry[] {
  const outdated = entries.findLastIndex(({ timeNs }) => timeNs < cutoffNs);
  return outdated < 0 ? [...entries, entry] : entries.with(outdated, entry);
}
