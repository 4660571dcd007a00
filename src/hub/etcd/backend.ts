import type { WatchEvent } from '../../api/watch.js';
import type { ObjectBytes } from '../object-bytes.js';

/** What a version takes beside the object: its key, revisions and lease, as etcd's quota counts them (storage/quota.go kvOverhead). */
const VERSION_OVERHEAD = 256;

/** What an etcd keeps. */
export interface BackendOptions {
  /** `--etcd-compaction-interval`: so often the API server forgets what was superseded before the last time; 0 never does. */
  readonly compactionIntervalNs: number;
  /** `--quota-backend-bytes`; 0: nobody counts. */
  readonly quotaBytes: number;
}

/**
 * etcd's database file: every version that was ever written, until it is superseded and compacted. Compaction frees pages, which
 * are written again, but the file never shrinks; at its quota etcd raises an alarm and refuses all that would store more (apply.go
 * applierV3Capped), until somebody defragments it and disarms the alarm.
 */
export class Backend {
  /** What was superseded up to this revision is no longer known. */
  compactedRevision: number;
  /** Size of the file; 0 where nobody counts. */
  fileBytes: number;
  private readonly options: BackendOptions;
  private readonly bytes: ObjectBytes;
  /** The revision at the last compaction, up to which the next compacts (etcd3/compact.go). */
  private recordedRevision: number;
  private nextCompactionNs: number;
  private usedBytes: number;
  /** Superseded before the last compaction, and since. */
  private oldGarbage: number;
  private garbage: number;
  private alarm: boolean;

  constructor(options: BackendOptions, bytes: ObjectBytes) {
    this.compactedRevision = 0;
    this.fileBytes = 0;
    this.options = options;
    this.bytes = bytes;
    this.recordedRevision = 0;
    this.nextCompactionNs =
      options.compactionIntervalNs === 0 ? Number.POSITIVE_INFINITY : options.compactionIntervalNs;
    this.usedBytes = 0;
    this.oldGarbage = 0;
    this.garbage = 0;
    this.alarm = false;
  }

  /** Whether it refuses what would store more. */
  get full(): boolean {
    return this.alarm;
  }

  /** A change has been committed. */
  committed(event: WatchEvent): void {
    while (event.committedNs >= this.nextCompactionNs) this.compact(event.object.revision - 1);
    if (this.options.quotaBytes > 0) this.weigh(event);
  }

  private compact(revision: number): void {
    this.nextCompactionNs += this.options.compactionIntervalNs;
    this.compactedRevision = this.recordedRevision;
    this.recordedRevision = revision;
    this.usedBytes -= this.oldGarbage;
    this.oldGarbage = this.garbage;
    this.garbage = 0;
  }

  private weigh({ type, object, previous }: WatchEvent): void {
    const written = type === 'DELETED' ? VERSION_OVERHEAD : this.versionBytes(object);
    this.usedBytes += written;
    if (previous !== undefined) this.garbage += this.versionBytes(previous);
    if (type === 'DELETED') this.garbage += written;
    if (this.usedBytes > this.fileBytes) this.fileBytes = this.usedBytes;
    if (this.fileBytes >= this.options.quotaBytes) this.alarm = true;
  }

  private versionBytes(object: WatchEvent['object']): number {
    return this.bytes.of(object) + VERSION_OVERHEAD;
  }

  /** `etcdctl defrag` and `etcdctl alarm disarm`: the file is as small as what it holds. */
  defragment(): void {
    this.fileBytes = this.usedBytes;
    this.alarm = this.options.quotaBytes > 0 && this.fileBytes >= this.options.quotaBytes;
  }
}
