import { SelectorIndex } from '../../api/selector-index.js';
import type { PodKind, PodKinds } from './pod-kind.js';
import { Tally, type TallyScope } from './tally.js';

/** The tallies that plugins asked for, by name. */
export class Tallies {
  readonly #byName: Map<string, Tally>;
  /** Those that may be about a kind, by its marks: each Deployment has some of its own. */
  readonly #index: SelectorIndex<Tally>;

  constructor() {
    this.#byName = new Map();
    this.#index = new SelectorIndex();
  }

  /** Counted over all pods when it is asked for first, kept up to date from then on. */
  of(name: string, scope: TallyScope, kinds: PodKinds): Tally {
    let tally = this.#byName.get(name);
    if (tally !== undefined) return tally;
    tally = new Tally(name, scope);
    this.#byName.set(name, tally);
    this.#index.add(tally, scope.wanted ?? []);
    for (const kind of kinds.marked(scope.wanted ?? [])) join(kind, tally);
    return tally;
  }

  /** A kind is met first. */
  meet(kind: PodKind): void {
    for (const tally of this.#index.candidates(kind.marks)) join(kind, tally);
  }

  /** A kind has been marked. */
  marked(kind: PodKind, mark: string): void {
    for (const tally of this.#index.wanting(mark)) join(kind, tally);
  }

  /** Counts all anew: what they match has changed. */
  recount({ all }: PodKinds): void {
    for (const tally of this.#byName.values()) tally.clear();
    for (const kind of all) {
      kind.tallies.length = 0;
      kind.followers.length = 0;
      this.meet(kind);
    }
  }
}

function join(kind: PodKind, tally: Tally): void {
  if (tally.scope.counts(kind)) {
    kind.tallies.push(tally);
    for (const [node, pods] of kind.perNode.entries()) tally.add(node, pods);
  } else if (tally.scope.follows?.(kind)) kind.followers.push(tally);
}
