import type { Suspension } from '../engine/suspension.js';
import type { Program } from './program.js';

/**
 * Which copy of a program has the lease, by number; -1: none. One that stands still may believe so while another has
 * taken over: it is the leader only if there is no other.
 */
export function leaderIndex(
  lives: readonly (Readonly<{ program: Program; suspension: Suspension | undefined }> | undefined)[],
): number {
  const awake = lives.findIndex((life) => life?.program.leads === true && life.suspension === undefined);
  return awake >= 0 ? awake : lives.findIndex((life) => life?.program.leads === true);
}
