import { ByNumber } from '../api/by-number.js';

/** Revisions of an owner's own last writes. */
interface Writes {
  podRevision: number;
  ownerRevision: number;
}

/**
 * The stale-cache check of 1.36 (StaleControllerConsistency…, util/consistency): an owner of pods is not synced until
 * the caches have come as far as the controller's own last writes for it.
 */
export class LastWrites {
  readonly #byOwner = new ByNumber<Writes>();
  readonly #checks: boolean;

  /** Before 1.36 nobody `checks`: caches are always taken to have come far enough. */
  constructor(checks = true) {
    this.#checks = checks;
  }

  wrotePod(ownerId: number, revision: number): void {
    if (!this.#checks) return;
    const writes = this.#of(ownerId);
    if (revision > writes.podRevision) writes.podRevision = revision;
  }

  wroteOwner(ownerId: number, revision: number): void {
    if (!this.#checks) return;
    const writes = this.#of(ownerId);
    if (revision > writes.ownerRevision) writes.ownerRevision = revision;
  }

  /**
   * Whether caches at these revisions show everything written; what they show is then forgotten. The owner is not: it is synced
   * again and again, and a map that is emptied each time makes itself anew.
   */
  seen(ownerId: number, podCacheRevision: number, ownerCacheRevision: number): boolean {
    const writes = this.#byOwner.get(ownerId);
    if (writes === undefined) return true;
    if (writes.podRevision > podCacheRevision || writes.ownerRevision > ownerCacheRevision) return false;
    writes.podRevision = 0;
    writes.ownerRevision = 0;
    return true;
  }

  forget(ownerId: number): void {
    this.#byOwner.delete(ownerId);
  }

  #of(ownerId: number): Writes {
    let writes = this.#byOwner.get(ownerId);
    if (writes === undefined) {
      writes = { podRevision: 0, ownerRevision: 0 };
      this.#byOwner.set(ownerId, writes);
    }
    return writes;
  }
}
