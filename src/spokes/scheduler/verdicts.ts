import { KeptAnswers, type OrderedFilter } from './kept-answers.js';
import type { NodeTable } from './node-table.js';
import type { Nominations } from './nominations.js';
import type { PendingPod } from './plugin.js';
import type { Profile } from './profile.js';
import type { Rejection } from './rejection.js';

/** Answers kept at most, over all shapes and nodes: about 20 bytes each. */
const KEPT_ANSWERS_MAX = 2 ** 23;
const KEPT_SHAPES_MIN = 8;

/** No pod has this id. */
export const NOBODY = -1;

/** What the filters of a profile say of pods on single nodes, as the table stands. */
export class Verdicts {
  readonly #table: NodeTable;
  readonly #profile: Profile;
  readonly #nominations: Nominations;
  readonly #answers: Map<number, KeptAnswers>;

  constructor(table: NodeTable, profile: Profile, nominations: Nominations) {
    this.#table = table;
    this.#profile = profile;
    this.#nominations = nominations;
    this.#answers = new Map();
  }

  /**
   * Pods nominated for the node that the pod must leave room for count as placed there first
   * (RunFilterPluginsWithNominatedPods); `self` is the one of them that is no other.
   */
  judge(pod: PendingPod, node: number, self: number = pod.pod.id): Rejection | undefined {
    return this.#judgeBeside(pod, node, self) ?? this.judgeAsIs(pod, node);
  }

  /** The same with no room reserved. */
  judgeAsIs(pod: PendingPod, node: number): Rejection | undefined {
    const answers = this.answersFor(pod);
    if (answers.seen[node] !== this.#table.version[node]) answers.refresh(node);
    return answers.reject(node, this.clusterFilters(pod));
  }

  /**
   * The same verdict, but with what speaks against the pod itself before what reserved room adds. For `NOBODY` it changes
   * with the node's lasting version alone, and goes for each pod like this one that is not nominated.
   */
  explain(pod: PendingPod, node: number, self: number = pod.pod.id): Rejection | undefined {
    return this.judgeAsIs(pod, node) ?? this.#judgeBeside(pod, node, self);
  }

  /** Whether all that is said of the pod goes for every pod like it, node by node: it is not nominated, and no plugin looks beyond a node. */
  isOrdinary(pod: PendingPod): boolean {
    const isNominated = this.#nominations.nodeOf(pod.pod.id) !== undefined;
    return !isNominated && this.answersFor(pod).restrictions.length === 0 && this.clusterFilters(pod).length === 0;
  }

  /** Undefined, too, if there are none to leave room for. */
  #judgeBeside(pod: PendingPod, node: number, self: number): Rejection | undefined {
    if (this.#nominations.size === 0) return undefined;
    const name = this.#table.names[node]!;
    const others = this.#nominations.above(pod.kind.shape.priority, name, self);
    if (others.length === 0) return undefined;
    return this.#table.trial(node, () => {
      const placed = others.map((other) => this.#table.place(other.pod, name));
      const rejection = this.judgeAsIs(pod, node);
      for (const other of placed) this.#table.remove(other);
      return rejection;
    });
  }

  /** Why a pod that fits on no node is kept off this known one; undefined if it was out of the question from the start. */
  rejection(pod: PendingPod, node: number): Rejection | undefined {
    const name = this.#table.names[node]!;
    const restrictions = [...this.answersFor(pod).restrictions, ...this.clusterFilters(pod)];
    const isOut = restrictions.some(
      ({ filter: { rejects, only } }) => rejects !== undefined || only?.has(name) === false,
    );
    return isOut ? undefined : this.explain(pod, node);
  }

  /** The same of every node, in search order. */
  rejections(pod: PendingPod): ReadonlyMap<number, Rejection> {
    const rejections = new Map<number, Rejection>();
    const answers = this.answersFor(pod);
    const filters = this.clusterFilters(pod);
    const restrictions = [...answers.restrictions, ...filters];
    if (restrictions.some(({ filter }) => filter.rejects !== undefined)) return rejections;
    for (const node of this.restrict(this.#table.order(), restrictions)) {
      if (answers.seen[node] !== this.#table.version[node]) answers.refresh(node);
      const rejection = answers.reject(node, filters) ?? this.#judgeBeside(pod, node, pod.pod.id);
      if (rejection !== undefined) rejections.set(node, rejection);
    }
    return rejections;
  }

  /** What is kept for pods of this shape. */
  answersFor(pod: PendingPod): KeptAnswers {
    const { id } = pod.kind.shape;
    let answers = this.#answers.get(id);
    if (answers === undefined) {
      // The oldest go first; shapes that are still in use come back at the price of asking again.
      const most = Math.max(KEPT_SHAPES_MIN, Math.trunc(KEPT_ANSWERS_MAX / this.#table.capacity));
      if (this.#answers.size >= most) this.#answers.delete(this.#answers.keys().next().value!);
      answers = new KeptAnswers(this.#table, this.#profile, pod);
      this.#answers.set(id, answers);
    }
    return answers;
  }

  /** The filters that look beyond the node and have something to say of this pod. */
  clusterFilters(pod: PendingPod): readonly OrderedFilter[] {
    const active: OrderedFilter[] = [];
    for (const { plugin, order } of this.#profile.clusterFilters) {
      const filter = plugin.filter!(pod);
      if (filter !== undefined) active.push({ name: plugin.name, order, filter });
    }
    return active;
  }

  /** The nodes that may be looked at: all, or those that a plugin named. */
  restrict(order: Int32Array, restrictions: readonly OrderedFilter[]): Int32Array {
    let nodes = order;
    for (const { filter } of restrictions) {
      const { only } = filter;
      if (only === undefined) continue;
      nodes = nodes === order && only.size === 1 ? this.#named(only) : this.#among(nodes, only);
    }
    return nodes;
  }

  #among(nodes: Int32Array, only: ReadonlySet<string>): Int32Array {
    return nodes.filter((node) => only.has(this.#table.names[node]!));
  }

  /** A single node, as the pods of DaemonSets have one each: the others need not be gone through. */
  #named([name = '']: Iterable<string>): Int32Array {
    const node = this.#table.indexOf(name);
    return node === undefined ? new Int32Array(0) : Int32Array.of(node);
  }
}
