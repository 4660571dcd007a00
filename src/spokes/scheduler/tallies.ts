import { SelectorIndex } from '../../api/selector-index.js';
import type { PlacedPod } from './placed-pod.js';
import type { PodKind, PodKinds } from './pod-kind.js';
import { Tally, type TallyScope } from './tally.js';

/** The tallies that plugins asked for, by name. */
export class Tallies {
  readonly #byName: Map<string, Tally>;
  /** Those that may be about a kind, by its labels: each Deployment has some of its own. */
  readonly #index: SelectorIndex<Tally>;

  constructor() {
    this.#byName = new Map();
    this.#index = new SelectorIndex();
  }

  /** Counted over all pods when it is asked for first, kept up to date from then on. */
  of(name: string, scope: TallyScope, kinds: PodKinds, pods: readonly (readonly PlacedPod[])[]): Tally {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const tally = new Tally(name, scope);
    this.#byName.set(name, tally);
    this.#index.add(tally, scope.wanted ?? []);
    const candidates = kinds.labelled(scope.wanted ?? []);
    for (const kind of candidates) join(kind, tally);
    const placed = new Set(candidates.filter((kind) => kind.placed > 0 && scope.counts(kind)));
    // A new Deployment's pods have no like in the cluster, however large that is.
    if (placed.size === 0) return tally;
    for (const onNode of pods) for (const { kind, node } of onNode) if (placed.has(kind)) tally.add(node, 1);
    return tally;
  }

  /** A kind is met first. */
  meet(kind: PodKind): void {
    for (const tally of this.#index.candidates(kind.namespace, kind.labels)) join(kind, tally);
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
}

function join(kind: PodKind, tally: Tally): void {
  if (tally.scope.counts(kind)) kind.tallies.push(tally);
  else if (tally.scope.follows?.(kind)) kind.followers.push(tally);
}
