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

interface Interest {
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

/** Which plugins an event concerns, and what they say of it: the queueing hints of a profile, looked up by event. */
export class WakeRules {
  readonly #plugins: readonly Plugin[];
  readonly #byEvent: Map<string, readonly Interest[]>;

  constructor(plugins: readonly Plugin[]) {
    this.#plugins = plugins;
    this.#byEvent = new Map();
  }

  /** The plugins that listen to an event, in profile order. */
  interests(event: ClusterEvent): readonly Interest[] {
    const key = `${event.resource}/${event.action}`;
    let interests = this.#byEvent.get(key);
    if (interests === undefined) {
      interests = this.#plugins.flatMap((plugin) =>
        registeredRules(plugin)
          .filter((rule) => covers(rule, event))
          .map((rule) => ({ plugin: plugin.name, hint: rule.hint })),
      );
      this.#byEvent.set(key, interests);
    }
    return interests;
  }

  /** Whether a plugin that rejected the pod expects it to fit now. */
  wakes(waiting: Pod, rejectors: ReadonlySet<string>, event: ClusterEvent, change: Change): boolean {
    if (event === WILDCARD) return change.after === undefined || change.after.id === waiting.id;
    return this.interests(event).some(
      ({ plugin, hint }) => rejectors.has(plugin) && (hint === undefined || hint(waiting, change)),
    );
  }
}
