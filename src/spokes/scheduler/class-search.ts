import type { Decision } from './decision.js';
import type { KeptAnswers } from './kept-answers.js';
import { CLASSES_MAX, NodeClasses } from './node-classes.js';
import { NodeScores, scoreOf } from './node-scores.js';
import type { NodeTable } from './node-table.js';
import type { Likeness, PendingPod } from './plugin.js';
import type { PodKind } from './pod-kind.js';
import type { Profile } from './profile.js';
import type { Draw } from './search.js';

/** With fewer nodes to score than this, looking at each is as quick. */
const WANTED_MIN = 128;
/** Bytes of classes kept at most, over all kinds of pods, and what a node takes: its class, what was seen of it, counts. */
const KEPT_BYTES_MAX = 2 ** 26;
const NODE_BYTES = 6;
const KEPT_KINDS_MIN = 4;
const NO_NODES = new Int32Array(0);

/** The classes for pods of one kind, from their second pod on. */
interface KindClasses {
  readonly order: Int32Array;
  readonly answers: KeptAnswers;
  readonly likeness: Likeness | undefined;
  /** null: its nodes are too different. */
  classes: NodeClasses | null | undefined;
}

/**
 * The search for pods that most nodes suit equally, as those of a large Deployment: it scores one node of each class. It
 * chooses the very nodes that {@link Search} does by looking at each, or leaves the pod to it.
 */
export class ClassSearch {
  readonly #table: NodeTable;
  readonly #profile: Profile;
  readonly #ties: Draw;
  /** Whether no plugin has to see all nodes to say what it cares about. */
  readonly #isOpen: boolean;
  readonly #kinds: Map<PodKind, KindClasses>;
  /** Those of a kind that has made room for another. */
  #spare: NodeClasses | undefined;
  /** The classes that the last count met, and a node of each. */
  readonly #met: Uint8Array;
  readonly #samples: Int32Array;
  readonly #scores: NodeScores;
  readonly #chosen: Uint8Array;

  constructor(table: NodeTable, profile: Profile, ties: Draw) {
    this.#table = table;
    this.#profile = profile;
    this.#ties = ties;
    this.#isOpen = profile.clusterScorers.every(({ plugin }) => plugin.tellsLikeness === true);
    this.#kinds = new Map();
    this.#spare = undefined;
    this.#met = new Uint8Array(CLASSES_MAX);
    this.#samples = new Int32Array(CLASSES_MAX);
    this.#scores = new NodeScores(profile);
    this.#chosen = new Uint8Array(CLASSES_MAX);
  }

  /** Undefined: the pod, or its nodes, need a closer look. No filter may look beyond the node, and nobody reserve room. */
  find(pod: PendingPod, answers: KeptAnswers, wanted: number, start: number): Decision | undefined {
    if (!this.#isOpen || wanted < WANTED_MIN) return undefined;
    const classes = this.#classesFor(pod, answers);
    if (classes === undefined || answers.raw.some(({ differs }) => differs)) return undefined;
    if (!classes.count(start, wanted)) {
      this.#kinds.get(pod.kind)!.classes = null;
      return undefined;
    }
    // One of the columns may have come to differ only now.
    if (classes.found < 2 || answers.raw.some(({ differs }) => differs)) return undefined;
    const best = this.#choose(pod, classes);
    const node = classes.nth(start, this.#chosen, best === 1 ? 0 : this.#ties.below(best));
    const { found, processed } = classes;
    return { node, feasible: found, filtered: processed, scored: found, diagnosis: undefined };
  }

  #classesFor(pod: PendingPod, answers: KeptAnswers): NodeClasses | undefined {
    const likeness = this.#likenessFor(pod);
    if (likeness === null) return undefined;
    const order = this.#table.order();
    const known = this.#kinds.get(pod.kind);
    if (known === undefined || known.order !== order || known.answers !== answers || known.likeness !== likeness) {
      this.#keep(pod.kind, { order, answers, likeness, classes: known?.classes === null ? null : undefined });
      return undefined;
    }
    if (known.classes === undefined) {
      known.classes = new NodeClasses(this.#table, answers, likeness, this.#spare);
      this.#spare = undefined;
    }
    return known.classes ?? undefined;
  }

  /** What the plugin goes by that looks beyond the node; undefined: none does; null: not told, or there are several. */
  #likenessFor(pod: PendingPod): Likeness | undefined | null {
    let likeness: Likeness | undefined;
    for (const scoring of this.#profile.clusterScorers) {
      const score = scoreOf(scoring, pod, NO_NODES, 0, 0);
      if (score === undefined) continue;
      if (score.likeness === undefined || likeness !== undefined) return null;
      likeness = score.likeness;
    }
    return likeness;
  }

  #keep(kind: PodKind, classes: KindClasses): void {
    const most = Math.max(KEPT_KINDS_MIN, Math.trunc(KEPT_BYTES_MAX / (NODE_BYTES * this.#table.capacity)));
    if (this.#kinds.size >= most && !this.#kinds.has(kind)) {
      const [oldest, { classes }] = this.#kinds.entries().next().value!;
      this.#kinds.delete(oldest);
      this.#spare = classes ?? this.#spare;
    }
    this.#kinds.set(kind, classes);
  }

  /** Marks the best classes; returns the number of their nodes. */
  #choose(pod: PendingPod, { answers, members, samples, found }: NodeClasses): number {
    let count = 0;
    for (let each = 0; each < CLASSES_MAX; each++) {
      if (members[each] === 0) continue;
      this.#met[count] = each;
      this.#samples[count++] = samples[each]!;
    }
    const best = this.#scores.sum(pod, answers, this.#samples, count, found);
    const { totals } = this.#scores;
    this.#chosen.fill(0);
    let nodes = 0;
    for (let i = 0; i < count; i++) {
      if (totals[i] !== best) continue;
      this.#chosen[this.#met[i]!] = 1;
      nodes += members[this.#met[i]!]!;
    }
    return nodes;
  }
}
