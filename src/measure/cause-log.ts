import { POD } from '../api/kind.js';
import type { Pod } from '../api/pod.js';
import type { WatchEvent } from '../api/watch.js';

/** For a trace: the records of the moments whose history may be asked for. */
export class CauseLog {
  /** Of each pod that came to run, in order: the record of that commit. */
  readonly running: number[];

  /** When the last one did. */
  lastRunningNs: number;

  constructor() {
    this.running = [];
    this.lastRunningNs = -1;
  }

  /** A version of a pod was committed. */
  committed({ object, previous, cause, committedNs }: WatchEvent): void {
    if (cause === 0 || object.kind !== POD || (object as Pod).status.phase !== 'Running') return;
    if ((previous as Pod | undefined)?.status.phase === 'Running') return;
    this.running.push(cause);
    this.lastRunningNs = committedNs;
  }
}
