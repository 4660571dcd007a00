/** How far a watch has come: what it has sent since the start, and how much of that the cache has. */
export class WatchProgress {
  /** Changes received and applied. */
  private received: number;
  private applied: number;
  /** The newest bookmark, and the changes that came before it. */
  private bookmarkRevision: number;
  private bookmarkAfter: number;
  /** The watch was closed behind so many changes; -1 = it was not. */
  private closedAfter: number;

  constructor() {
    this.received = 0;
    this.applied = 0;
    this.bookmarkRevision = 0;
    this.bookmarkAfter = 0;
    this.closedAfter = -1;
  }

  sent(count: number): void {
    this.received += count;
  }

  taken(count: number): void {
    this.applied += count;
  }

  bookmark(revision: number): void {
    this.bookmarkRevision = revision;
    this.bookmarkAfter = this.received;
  }

  /** Revision of a bookmark that counts by now, which is read once; 0 if there is none. */
  dueBookmark(): number {
    const revision = this.bookmarkRevision;
    if (revision === 0 || this.applied < this.bookmarkAfter) return 0;
    this.bookmarkRevision = 0;
    return revision;
  }

  /** The state has been read anew. */
  forgetBookmark(): void {
    this.bookmarkRevision = 0;
  }

  close(): void {
    this.closedAfter = this.received;
  }

  get closed(): boolean {
    return this.closedAfter >= 0;
  }

  /** Whether it is closed and all that came before has been applied. */
  get ended(): boolean {
    return this.closedAfter >= 0 && this.applied >= this.closedAfter;
  }

  /** It is opened anew; the last `lost` changes never came. */
  reopen(lost = 0): void {
    this.received -= lost;
    this.closedAfter = -1;
  }
}
