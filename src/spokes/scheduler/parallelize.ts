import { type Work, work } from '../../client/task.js';

/**
 * So many pieces of work that goroutines share: they take chunks of about the square root of the number in turn, and as
 * many goroutines get on at once as there are cores (framework/parallelize Until, chunkSizeFor).
 */
export function parallelize(pieces: number, totalNs: number, parallelism: number, cores: number): Work {
  const chunk = Math.max(1, Math.min(Math.floor(Math.sqrt(pieces)), Math.floor(pieces / parallelism) + 1));
  const chunks = Math.ceil(pieces / chunk);
  const threads = Math.min(parallelism, cores, chunks);
  const chunkNs = Math.round(totalNs / chunks);
  return work(Math.floor(chunks / threads) * chunkNs, threads, chunkNs, chunks % threads);
}
