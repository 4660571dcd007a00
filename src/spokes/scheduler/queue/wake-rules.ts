import type { Pod } from '../../../api/pod.js';
import {
  ADD,
  type Change,
  type ClusterEvent,
  covers,
  type Hint,
  UPDATE_NODE_TAINT,
  type WakeRule,
  WILDCARD,
} from '../cluster-event.js';
import type { Plugin } from '../plugin.js';
import type { Profile } from '../profile.js';

/** The profiles of a scheduler by the name that pods ask for. */
export type Profiles = ReadonlyMap<string, Profile>;

/** A plugin that listens to an event, and what it says of it. */
export interface Interest {
  readonly plugin: string;
  readonly hint: Hint | undefined;
}

/**
 * The rules under which a plugin is registered: whoever listens to new nodes also hears of changed taints, hint or not
 * (scheduler.go buildQueueingHintMap).
 */
export function registeredRules({ wakes = [] }: Plugin): readonly WakeRule[] {
  const onNode = (action: number): boolean =>
    wakes.some(({ resource, actions }) => resource === 'Node' && (actions & action) !== 0);
  if (!onNode(ADD) || onNode(UPDATE_NODE_TAINT)) return wakes;
  return [...wakes, { resource: 'Node', actions: UPDATE_NODE_TAINT }];
}

/** Which plugins an event concerns, and what they say of it: the queueing hints of all profiles, looked up by event. */
export class WakeRules {
  readonly #profiles: Profiles;
  readonly #hints: boolean;
  readonly #byEvent: Map<string, readonly Interest[]>;
  /** By resource and action, of all profiles. */
  readonly #all: Map<string, Map<number, readonly Interest[]>>;

  /** Without `hints` every event that a plugin listens to counts as help. */
  constructor(profiles: Profiles, hints: boolean) {
    this.#hints = hints;
    this.#profiles = profiles;
    this.#byEvent = new Map();
    this.#all = new Map();
  }

  /** The plugins of any profile that listen to an event, in profile order. */
  interests(event: ClusterEvent): readonly Interest[] {
    let byAction = this.#all.get(event.resource);
    if (byAction === undefined) {
      byAction = new Map();
      this.#all.set(event.resource, byAction);
    }
    let interests = byAction.get(event.action);
    if (interests === undefined) {
      interests = [...this.#profiles.keys()].flatMap((name) => this.#ofProfile(name, event));
      byAction.set(event.action, interests);
    }
    return interests;
  }

  /** Whether a plugin that rejected the pod expects it to fit now. */
  wakes(waiting: Pod, rejectors: ReadonlySet<string>, event: ClusterEvent, change: Change): boolean {
    if (event === WILDCARD) return change.after === undefined || change.after.id === waiting.id;
    return this.#ofProfile(waiting.spec.shape.schedulerName, event).some(
      ({ plugin, hint }) => rejectors.has(plugin) && (hint === undefined || hint(waiting, change)),
    );
  }

  #ofProfile(name: string, event: ClusterEvent): readonly Interest[] {
    const key = `${name}/${event.resource}/${event.action}`;
    let interests = this.#byEvent.get(key);
    if (interests === undefined) {
      interests = (this.#profiles.get(name)?.plugins ?? []).flatMap((plugin) =>
        registeredRules(plugin)
          .filter((rule) => covers(rule, event))
          .map((rule) => ({ plugin: plugin.name, hint: this.#hints ? rule.hint : undefined })),
      );
      this.#byEvent.set(key, interests);
    }
    return interests;
  }
}
