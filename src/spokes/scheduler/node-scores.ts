import type { KeptAnswers } from './kept-answers.js';
import type { PendingPod, PodScore } from './plugin.js';
import type { Profile, ScoringPlugin } from './profile.js';

/**
 * What the plugins of a profile give some nodes together: each plugin's scores, brought into 0 to 100 over all of these
 * nodes, times its weight (framework/runtime RunScorePlugins). The nodes may be samples that stand for others.
 */
export class NodeScores {
  /** Of each node asked for, in the order they were asked for in. */
  totals: Float64Array;
  readonly #profile: Profile;
  #scores: Float64Array;

  constructor(profile: Profile) {
    this.totals = new Float64Array(0);
    this.#profile = profile;
    this.#scores = new Float64Array(0);
  }

  /** Scores `nodes[0..count)`, which stand for so many nodes; returns the highest total. */
  sum(pod: PendingPod, answers: KeptAnswers, nodes: Int32Array, count: number, standFor: number): number {
    if (this.totals.length < count) {
      this.totals = new Float64Array(nodes.length);
      this.#scores = new Float64Array(nodes.length);
    }
    const { totals } = this;
    const scores = this.#scores;
    for (let i = 0; i < count; i++) totals[i] = answers.flat[nodes[i]!]!;
    for (const { scoring, score, column, differs } of answers.raw) {
      if (!differs) continue;
      for (let i = 0; i < count; i++) scores[i] = column[nodes[i]!]!;
      this.#add(score, scoring.weight, count);
    }
    for (const scoring of this.#profile.clusterScorers) {
      const score = scoreOf(scoring, pod, nodes, count, standFor);
      if (score === undefined) continue;
      if (score.scoreAll !== undefined) score.scoreAll(scores, nodes, count);
      else for (let i = 0; i < count; i++) scores[i] = score.score(nodes[i]!);
      this.#add(score, scoring.weight, count);
    }
    let best = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) if (totals[i]! > best) best = totals[i]!;
    return best;
  }

  #add(score: PodScore, weight: number, count: number): void {
    const scores = this.#scores;
    const { totals } = this;
    score.normalize?.(scores, count);
    for (let i = 0; i < count; i++) totals[i]! += weight * scores[i]!;
  }
}

/** Undefined where the plugin tells no nodes apart. */
export function scoreOf(
  { plugin }: ScoringPlugin,
  pod: PendingPod,
  nodes: Int32Array,
  count: number,
  standFor: number,
): PodScore | undefined {
  const score = plugin.score!(pod, nodes, count, standFor);
  return score?.uniform === undefined ? score : undefined;
}
