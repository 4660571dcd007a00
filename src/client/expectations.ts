import { ByNumber } from '../api/by-number.js';

/** How long a controller waits for the watch to show its own creations and deletions (ExpectationsTimeout). */
const EXPECTATIONS_TIMEOUT_NS = 5 * 60 * 1e9;

interface Expectation {
  creations: number;
  readonly deletions: Set<number>;
  readonly sinceNs: number;
}

/**
 * What each owner's last sync did and its cache has not shown yet: so many pods created, these pods deleted. Until
 * then another sync would count on a stale cache and do it all again (controller_utils
 * UIDTrackingControllerExpectations).
 */
export class Expectations {
  readonly #byOwner = new ByNumber<Expectation>();

  /** Whether the owner may be synced: everything was seen, or the five minutes are over. */
  satisfied(ownerId: number, nowNs: number): boolean {
    const expected = this.#byOwner.get(ownerId);
    if (expected === undefined || (expected.creations <= 0 && expected.deletions.size === 0)) return true;
    return nowNs - expected.sinceNs > EXPECTATIONS_TIMEOUT_NS;
  }

  /** So many creations and the deletions of these pods are under way; what was expected before is forgotten. */
  expect(ownerId: number, creations: number, podIds: Iterable<number>, nowNs: number): void {
    this.#byOwner.set(ownerId, { creations, deletions: new Set(podIds), sinceNs: nowNs });
  }

  /** One creation was seen, or will never be. */
  creationObserved(ownerId: number): void {
    const expected = this.#byOwner.get(ownerId);
    if (expected !== undefined) expected.creations--;
  }

  /** A pod was seen as gone or going, or will never be; a second sighting of the same pod counts nothing. */
  deletionObserved(ownerId: number, podId: number): void {
    this.#byOwner.get(ownerId)?.deletions.delete(podId);
  }

  forget(ownerId: number): void {
    this.#byOwner.delete(ownerId);
  }
}
