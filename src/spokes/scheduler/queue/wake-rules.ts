import type { Pod } from '../../../api/pod.js';
import {
  ADD,
  type Change,
  type ClusterEvent,
  covers,
  UPDATE_NODE_TAINT,
  type WakeRule,
  WILDCARD,
} from '../cluster-event.js';
import type { Plugin } from '../plugin.js';
import type { Profile } from '../profile.js';
import { type Interest, InterestTable } from './interest-table.js';

/** The profiles of a scheduler by the name that pods ask for. */
export type Profiles = ReadonlyMap<string, Profile>;

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
  readonly #hints: boolean;
  readonly #byProfile: ReadonlyMap<string, InterestTable>;
  /** Of all profiles. */
  readonly #all: InterestTable;

  /** Without `hints` every event that a plugin listens to counts as help. */
  constructor(profiles: Profiles, hints: boolean) {
    this.#hints = hints;
    const tables = [...profiles].map(
      ([name, profile]) => [name, new InterestTable((event) => this.#interestsOf(profile, event))] as const,
    );
    this.#byProfile = new Map(tables);
    this.#all = new InterestTable((event) => tables.flatMap(([, table]) => table.of(event)));
  }

  /** The plugins of any profile that listen to an event, in profile order. */
  interests(event: ClusterEvent): readonly Interest[] {
    return this.#all.of(event);
  }

  /** Whether a plugin that rejected the pod expects it to fit now. */
  wakes(waiting: Pod, rejectors: ReadonlySet<string>, event: ClusterEvent, change: Change): boolean {
    if (event === WILDCARD) return change.after === undefined || change.after.id === waiting.id;
    for (const { plugin, hint } of this.#byProfile.get(waiting.spec.shape.schedulerName)?.of(event) ?? []) {
      if (rejectors.has(plugin) && (hint === undefined || hint(waiting, change))) return true;
    }
    return false;
  }

  #interestsOf({ plugins }: Profile, event: ClusterEvent): readonly Interest[] {
    return plugins.flatMap((plugin) =>
      registeredRules(plugin)
        .filter((rule) => covers(rule, event))
        .map((rule) => ({ plugin: plugin.name, hint: this.#hints ? rule.hint : undefined })),
    );
  }
}
