import type { Call } from '../api/call.js';
import type { WatchEvent } from '../api/watch.js';

/** What the measuring room may see of the hub; it touches nothing. */
export interface HubProbe {
  /** The store has committed a change. */
  committed(event: WatchEvent): void;
  /** A call has been answered by the API server (its answer is still to cross the wire). */
  answered(call: Call, nowNs: number): void;
  /** A change of so many bytes goes to so many watchers. */
  fannedOut(bytes: number, watchers: number): void;
  /** A watch that could not keep up has been closed (apiserver_terminated_watchers_total). */
  watchTerminated(): void;
  /** A proposal was committed `latencyNs` after it was made. */
  etcdCommitted(latencyNs: number, nowNs: number): void;
  /** A batch of proposals has been written to the disk, which took so long. */
  etcdSynced(fsyncNs: number, nowNs: number): void;
  /** A member of etcd has written its database, which took so long. */
  databaseWritten(latencyNs: number): void;
}
