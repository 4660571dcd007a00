/** Size of the first batch (controller SlowStartInitialBatchSize). */
const INITIAL_BATCH_SIZE = 1;

/**
 * Size of the batch after one of `previousSize` pods (0 before the first) while `remaining` are left to create: each
 * is twice as large, so that a creation which cannot succeed fails once and not five hundred times. The loop ends at 0,
 * or after a batch with a failure in it.
 */
export function nextBatchSize(
  previousSize: number,
  remaining: number,
  initialSize: number = INITIAL_BATCH_SIZE,
): number {
  return Math.min(previousSize === 0 ? initialSize : 2 * previousSize, remaining);
}
