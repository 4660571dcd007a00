import { MAX_SCORE } from './plugin.js';

/** The highest score becomes 100, the others in proportion, rounded down (plugins/helper DefaultNormalizeScore). */
export function normalizeByMax(scores: Float64Array, count: number): void {
  const max = maxOf(scores, count);
  if (max === 0) return;
  for (let i = 0; i < count; i++) scores[i] = Math.trunc((MAX_SCORE * scores[i]!) / max);
}

/** As `normalizeByMax`, but the highest becomes 0; when all are 0, all become 100. */
export function normalizeReversed(scores: Float64Array, count: number): void {
  const max = maxOf(scores, count);
  for (let i = 0; i < count; i++) {
    scores[i] = MAX_SCORE - (max === 0 ? 0 : Math.trunc((MAX_SCORE * scores[i]!) / max));
  }
}

function maxOf(scores: Float64Array, count: number): number {
  let max = 0;
  for (let i = 0; i < count; i++) if (scores[i]! > max) max = scores[i]!;
  return max;
}
