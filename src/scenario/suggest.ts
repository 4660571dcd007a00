import { nearest } from '../api/did-you-mean.js';

/** `did you mean "replicas"? allowed: at, scale, replicas`, for a text that is none of the candidates. */
export function suggest(text: string, candidates: readonly string[]): string {
  const near = nearest(text, candidates);
  const allowed = `allowed: ${candidates.join(', ')}`;
  return near === undefined ? allowed : `did you mean ${JSON.stringify(near)}? ${allowed}`;
}
