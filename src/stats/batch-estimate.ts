import { CONFIDENCE, type Estimate, estimate } from './estimate.js';
import { batchMeans } from './warm-up.js';

/** Schmeiser (1982): more batches than 10 to 30 gain next to nothing, and make neighbours dependent. */
const BATCHES = 20;

/** The mean of one long, correlated series, its interval from the means of 20 batches. */
export function batchEstimate(series: readonly number[], confidence: number = CONFIDENCE): Estimate {
  return estimate(batchMeans(series, Math.min(BATCHES, series.length)), confidence);
}
