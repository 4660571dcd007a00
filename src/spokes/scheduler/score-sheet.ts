import type { NodeScores, PluginScore } from '../../api/scheduling-attempt.js';
import type { PendingPod } from './plugin.js';
import type { Profile } from './profile.js';

interface Column {
  readonly plugin: string;
  readonly weight: number;
  readonly scores: Float64Array;
}

/**
 * What each plugin gives each feasible node, worked out in the straightforward way: slow, and for explanations alone.
 * The search itself keeps sums and leaves out what cannot tell nodes apart.
 */
export class ScoreSheet {
  readonly #nodes: Int32Array;
  readonly #columns: Column[];

  /** `feasible[0..count)` are the nodes in question. */
  constructor(profile: Profile, pod: PendingPod, feasible: Int32Array, count: number) {
    this.#nodes = feasible.slice(0, count);
    this.#columns = [];
    for (const { plugin, weight } of profile.scorers) {
      const score = plugin.score!(pod, this.#nodes, count);
      if (score === undefined) continue;
      const { uniform } = score;
      const scores = new Float64Array(count);
      for (let i = 0; i < count; i++) scores[i] = uniform ?? score.score(this.#nodes[i]!);
      if (uniform === undefined) score.normalize?.(scores, count);
      this.#columns.push({ plugin: plugin.name, weight, scores });
    }
  }

  /** The best nodes, `chosen` before others as good, the rest in search order. */
  best(most: number, chosen: number, nameOf: (node: number) => string): readonly NodeScores[] {
    const totals = Array.from(this.#nodes, (_, row) => this.#totalOf(row));
    const isChosen = (row: number): number => (this.#nodes[row] === chosen ? 1 : 0);
    const rows = totals
      .map((_, row) => row)
      .sort((a, b) => totals[b]! - totals[a]! || isChosen(b) - isChosen(a) || a - b);
    return rows.slice(0, most).map((row) => ({
      node: nameOf(this.#nodes[row]!),
      total: totals[row]!,
      byPlugin: this.#columns.map(
        ({ plugin, weight, scores }): PluginScore => ({ plugin, score: scores[row]!, weight }),
      ),
    }));
  }

  #totalOf(row: number): number {
    return this.#columns.reduce((sum, { weight, scores }) => sum + weight * scores[row]!, 0);
  }
}
