import type { WatchEvent } from '../../api/watch.js';
import type { ObjectBytes } from '../object-bytes.js';
import { History } from './history.js';

/** What a version takes beside the object: its key, revisions and lease, as etcd's quota counts them (storage/quota.go kvOverhead). */
const VERSION_OVERHEAD = 256;

/** What an etcd keeps. */
export interface BackendOptions {
  /** `--etcd-compaction-interval`: so often the API server forgets what was superseded before the last time; 0 never does. */
  readonly compactionIntervalNs: number;
  /** `--quota-backend-bytes`; 0: no limit. */
  readonly quotaBytes: number;
  /** Members, each with a file of its own. */
  readonly members: number;
}

/**
 * etcd's database: every version that was ever written, until it is superseded and compacted. Compaction frees pages, which
 * are written again, but no file shrinks; a member whose file is at its quota raises an alarm, and all that would store more is
 * refused (apply.go applierV3Capped), until somebody defragments every member and disarms the alarm.
 */
export class Backend {
  /** What was superseded up to this revision is no longer known. */
  compactedRevision: number;
  /** The newest revision that API servers know to be compacted: their compactor's word, and not etcdctl's. */
  announcedRevision: number;
  /** What can still be read of earlier states. */
  readonly history: History;
  /** Size of each member's file, of the smallest of them, and of the largest there ever was. */
  private readonly files: number[];
  private leastBytes: number;
  private mostBytes: number;
  private peak: number;
  private readonly options: BackendOptions;
  private readonly bytes: ObjectBytes;
  /** The revision at the last compaction, up to which the next compacts (etcd3/compact.go). */
  private recordedRevision: number;
  private recordedNs: number;
  /** When the compactor wrote down the revision up to which all is compacted; -1 if it was not the compactor. */
  private compactedNs: number;
  private nextCompactionNs: number;
  private usedBytes: number;
  /** Superseded before the last compaction, and since. */
  private oldGarbage: number;
  private garbage: number;
  private alarm: boolean;

  constructor(options: BackendOptions, bytes: ObjectBytes) {
    this.compactedRevision = 0;
    this.announcedRevision = 0;
    this.history = new History();
    this.files = new Array<number>(options.members).fill(0);
    this.leastBytes = 0;
    this.mostBytes = 0;
    this.peak = 0;
    this.options = options;
    this.bytes = bytes;
    this.recordedRevision = 0;
    this.recordedNs = -1;
    this.compactedNs = -1;
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

  /** At which it does; 0: never. */
  get quotaBytes(): number {
    return this.options.quotaBytes;
  }

  /** Size of the largest file: now, and the largest ever. */
  get fileBytes(): number {
    return this.mostBytes;
  }

  get peakBytes(): number {
    return Math.max(this.peak, this.fileBytes);
  }

  /** A change has been committed. */
  committed(event: WatchEvent): void {
    this.compactUntil(event.committedNs, event.object.revision - 1);
    this.weigh(event);
    this.history.committed(event);
  }

  /** Makes up for the compactions that were due, all since the revision there is. */
  compactUntil(nowNs: number, revision: number): void {
    while (nowNs >= this.nextCompactionNs) this.compact(revision);
  }

  /**
   * Whether the state at a revision, which somebody saw at a time, can no longer be read. The compactor writes down how far it goes,
   * which is a revision of its own: what was the newest before is compacted with the rest.
   */
  hasCompacted(revision: number, seenNs: number = Number.POSITIVE_INFINITY): boolean {
    const { compactedRevision, compactedNs } = this;
    return revision < compactedRevision || (revision === compactedRevision && seenNs < compactedNs);
  }

  /** With an alarm it fails: the compactor writes down first how far it goes (etcd3/compact.go), which is refused. */
  private compact(revision: number): void {
    const dueNs = this.nextCompactionNs;
    this.nextCompactionNs += this.options.compactionIntervalNs;
    if (this.alarm) return;
    this.compactedRevision = this.recordedRevision;
    this.compactedNs = this.recordedNs;
    if (this.recordedNs >= 0) this.announcedRevision = this.recordedRevision;
    this.recordedRevision = revision;
    this.recordedNs = dueNs;
    this.history.compact(this.compactedRevision);
    this.usedBytes -= this.oldGarbage;
    this.oldGarbage = this.garbage;
    this.garbage = 0;
  }

  private weigh({ type, object, previous }: WatchEvent): void {
    const written = type === 'DELETED' ? VERSION_OVERHEAD : this.versionBytes(object);
    this.usedBytes += written;
    if (previous !== undefined) this.garbage += this.versionBytes(previous);
    if (type === 'DELETED') this.garbage += written;
    if (this.usedBytes > this.leastBytes) this.grow();
    const { quotaBytes } = this.options;
    if (quotaBytes > 0 && !this.alarm && this.mostBytes >= quotaBytes) this.alarm = true;
  }

  private grow(): void {
    const { files, usedBytes } = this;
    for (let member = 0; member < files.length; member++) if (files[member]! < usedBytes) files[member] = usedBytes;
    this.weighFiles();
  }

  private weighFiles(): void {
    this.leastBytes = Number.POSITIVE_INFINITY;
    this.mostBytes = 0;
    for (const bytes of this.files) {
      if (bytes < this.leastBytes) this.leastBytes = bytes;
      if (bytes > this.mostBytes) this.mostBytes = bytes;
    }
  }

  private versionBytes(object: WatchEvent['object']): number {
    return this.bytes.of(object) + VERSION_OVERHEAD;
  }

  /** `etcdctl compact` of all before a revision, the newest there is. */
  compactAll(revision: number): void {
    this.compactedRevision = revision;
    this.compactedNs = -1;
    this.recordedRevision = revision;
    this.recordedNs = -1;
    this.history.compact(revision);
    this.usedBytes -= this.oldGarbage + this.garbage;
    this.oldGarbage = 0;
    this.garbage = 0;
  }

  /** `etcdctl defrag`: the file of a member is as small as what it holds. */
  defragment(member: number): void {
    this.peak = this.peakBytes;
    this.files[member] = this.usedBytes;
    this.weighFiles();
  }

  /** `etcdctl alarm disarm`: writes are taken again; the next raises the alarm anew if a file is still too large. */
  disarm(): void {
    this.alarm = false;
  }
}
