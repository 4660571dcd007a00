import { identityKey } from '../api/identity-key.js';
import { POD } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { WatchEvent } from '../api/watch.js';
import { type WorkloadState, workloadState } from './workload-state.js';

/** One change of what is wanted of a workload. Engine times, ns. */
export interface ChangeLog {
  readonly atNs: number;
  /** When the workload last became as desired, before the next change; -1 for never. */
  convergedNs: number;
  /** For a trace: the record of that. */
  convergedCause: number;
}

/** One workload over the run. */
export interface WorkloadTrack {
  object: ApiObject;
  state: WorkloadState;
  readonly changes: ChangeLog[];
  gone: boolean;
}

/**
 * Follows every workload from its desired to its observed state, as the store has them. Pods of their own are
 * counted but not listed one by one.
 */
export class WorkloadLog {
  /** By kind and identity. */
  private readonly tracks: Map<number, WorkloadTrack>;
  private startNs: number;
  private unconvergedCount: number;

  constructor() {
    this.tracks = new Map();
    this.startNs = Number.POSITIVE_INFINITY;
    this.unconvergedCount = 0;
  }

  /** Changes count from now on. */
  begin(nowNs: number): void {
    this.startNs = nowNs;
  }

  get unconverged(): number {
    return this.unconvergedCount;
  }

  /** In order of creation. */
  all(): IterableIterator<WorkloadTrack> {
    return this.tracks.values();
  }

  committed(event: WatchEvent): void {
    const state = workloadState(event.object);
    if (state === undefined) return;
    const { object } = event;
    const key = identityKey(object.kind.id, object.id);
    const track = this.tracks.get(key) ?? this.open(key, object, state);
    if (this.isChange(event)) track.changes.push({ atNs: event.committedNs, convergedNs: -1, convergedCause: 0 });
    const converged = event.type === 'DELETED' || state.converged;
    this.count(track, converged, event);
    track.object = object;
    track.state = state;
    track.gone = event.type === 'DELETED';
    if (track.gone && object.kind === POD) this.tracks.delete(key);
  }

  private open(key: number, object: ApiObject, state: WorkloadState): WorkloadTrack {
    const track: WorkloadTrack = { object, state: { ...state, converged: true }, changes: [], gone: false };
    this.tracks.set(key, track);
    return track;
  }

  private isChange({ type, object, previous, committedNs }: WatchEvent): boolean {
    if (committedNs < this.startNs) return false;
    if (previous === undefined || type === 'DELETED') return true;
    if (object.metadata.deleting !== previous.metadata.deleting) return true;
    return object.metadata.generation !== previous.metadata.generation;
  }

  private count(track: WorkloadTrack, converged: boolean, { committedNs, cause }: WatchEvent): void {
    const before = track.gone || track.state.converged;
    if (before && !converged) this.unconvergedCount++;
    if (!before && converged) this.unconvergedCount--;
    const last = track.changes.at(-1);
    if (last === undefined || !converged || (before && last.convergedNs >= 0)) return;
    last.convergedNs = committedNs;
    last.convergedCause = cause;
  }
}
