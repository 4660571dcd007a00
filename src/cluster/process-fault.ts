/** Components whose processes can be killed. */
export const KILLABLE = ['scheduler', 'api-server', 'controller-manager', 'etcd', 'etcd-events'] as const;

/** One process of a component, or of a spoke of the user's own: `scheduler/0`. */
export interface ProcessName {
  readonly component: string;
  /** `any` draws one, with the stream of that name; `leader` is whichever leads at the time. */
  readonly index: number | 'any' | 'leader';
  readonly stream: string;
}

/** What can happen to one process. */
export interface ProcessFault {
  /**
   * `kill`: it is gone, and begins anew; `freeze`: it stands still, and goes on; `slow`: its work takes longer; `clock`: its clock is set; `disk-slow`: fsyncs take longer; `disk-full`: it
   * ends until there is room; `defragment`: its database is locked, and small afterwards.
   */
  readonly fault: 'kill' | 'freeze' | 'slow' | 'clock' | 'disk-slow' | 'disk-full' | 'defragment';
  readonly process: ProcessName;
  /** -1: it never passes. */
  readonly forNs: number;
  /** Of what takes longer: how many times. */
  readonly factor?: number;
  /** Of `clock`: by how much it is ahead of the true time, ns. */
  readonly skewNs?: number;
  /** Of `defragment`: whether what was superseded is compacted before, and alarms are disarmed afterwards. */
  readonly compacts?: boolean;
  readonly disarms?: boolean;
}
