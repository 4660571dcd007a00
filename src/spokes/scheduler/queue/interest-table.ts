import type { ClusterEvent, EventResource, Hint } from '../cluster-event.js';

/** A plugin that listens to an event, and what it says of it. */
export interface Interest {
  readonly plugin: string;
  readonly hint: Hint | undefined;
}

/** Who listens to which event, found out when it happens first. */
export class InterestTable {
  readonly #find: (event: ClusterEvent) => readonly Interest[];
  readonly #known: Map<EventResource, Map<number, readonly Interest[]>>;
  /** The event that was asked for last: nearly all events are one of a few objects. */
  #event: ClusterEvent | undefined;
  #interests: readonly Interest[];

  constructor(find: (event: ClusterEvent) => readonly Interest[]) {
    this.#find = find;
    this.#known = new Map();
    this.#event = undefined;
    this.#interests = [];
  }

  of(event: ClusterEvent): readonly Interest[] {
    if (event !== this.#event) {
      this.#interests = this.#lookUp(event);
      this.#event = event;
    }
    return this.#interests;
  }

  #lookUp(event: ClusterEvent): readonly Interest[] {
    let byAction = this.#known.get(event.resource);
    if (byAction === undefined) {
      byAction = new Map();
      this.#known.set(event.resource, byAction);
    }
    let interests = byAction.get(event.action);
    if (interests === undefined) {
      interests = this.#find(event);
      byAction.set(event.action, interests);
    }
    return interests;
  }
}
