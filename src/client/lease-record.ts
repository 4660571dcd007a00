/** What a leader election's lease says (client-go tools/leaderelection/resourcelock LeaderElectionRecord). */
export interface LeaseRecord {
  /** '' = released. */
  readonly holder: string;
  readonly leaseDurationSeconds: number;
  readonly acquireNs: number;
  readonly renewNs: number;
  readonly transitions: number;
}

/** Whether an elector takes two records for the same one: it compares their JSON, where times are whole seconds. */
export function sameRecord(a: LeaseRecord | undefined, b: LeaseRecord | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.holder === b.holder &&
    a.leaseDurationSeconds === b.leaseDurationSeconds &&
    a.transitions === b.transitions &&
    wholeSecond(a.acquireNs) === wholeSecond(b.acquireNs) &&
    wholeSecond(a.renewNs) === wholeSecond(b.renewNs)
  );
}

function wholeSecond(timeNs: number): number {
  return Math.floor(timeNs / 1e9);
}
