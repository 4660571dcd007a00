import type { PlacedPod } from './placed-pod.js';
import type { PodKind, PodKinds } from './pod-kind.js';
import { type Matches, Tally } from './tally.js';

const nothing: Matches = () => false;

/** The tallies that plugins asked for, by name. */
export class Tallies {
  readonly #byName: Map<string, Tally>;

  constructor() {
    this.#byName = new Map();
  }

  /** Counted over all pods when it is asked for first, kept up to date from then on. */
  of(
    name: string,
    { all }: PodKinds,
    pods: readonly (readonly PlacedPod[])[],
    capacity: number,
    matches: Matches,
    follows: Matches = nothing,
  ): Tally {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const tally = new Tally(name, matches, follows, capacity);
    this.#byName.set(name, tally);
    for (const kind of all) join(kind, tally);
    const placed = new Set(all.filter((kind) => kind.placed > 0 && matches(kind)));
    // A new Deployment's pods have no like in the cluster, however large that is.
    if (placed.size === 0) return tally;
    for (const onNode of pods) for (const { kind, node } of onNode) if (placed.has(kind)) tally.add(node, 1);
    return tally;
  }

  /** A kind is met first. */
  meet(kind: PodKind): void {
    for (const tally of this.#byName.values()) join(kind, tally);
  }

  /** Counts all anew: what they match has changed. */
  recount({ all }: PodKinds, pods: readonly (readonly PlacedPod[])[]): void {
    for (const tally of this.#byName.values()) tally.clear();
    for (const kind of all) {
      kind.tallies.length = 0;
      kind.followers.length = 0;
      this.meet(kind);
    }
    for (const onNode of pods)
      for (const { kind, node } of onNode) for (const tally of kind.tallies) tally.add(node, 1);
  }

  grow(capacity: number): void {
    for (const tally of this.#byName.values()) tally.grow(capacity);
  }
}

function join(kind: PodKind, tally: Tally): void {
  if (tally.matches(kind)) kind.tallies.push(tally);
  else if (tally.follows(kind)) kind.followers.push(tally);
}
