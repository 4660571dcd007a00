import type { Stream } from '../../random/stream.js';
import type { EtcdMember } from './etcd-member.js';

/** `--heartbeat-interval` and `--election-timeout` (embed/config.go; kubernetes-facts B). */
export interface ElectionTimes {
  readonly heartbeatIntervalNs: number;
  readonly electionTimeoutNs: number;
}

/** How many members must have something. */
export function quorumOf(members: number): number {
  return Math.floor(members / 2) + 1;
}

/**
 * The members that can be elected, in the order in which they lose their patience with a leader that is gone, and after
 * how long the first does. Each counts ticks of a heartbeat, and takes from as many as the election timeout has up to twice
 * as many less one (raft.go resetRandomizedElectionTimeout); its ticks begin at a phase of their own.
 */
export function candidates(
  members: readonly EtcdMember[],
  { heartbeatIntervalNs, electionTimeoutNs }: ElectionTimes,
  stream: Stream,
): { readonly order: readonly EtcdMember[]; readonly delayNs: number } {
  const ticks = Math.max(1, Math.round(electionTimeoutNs / heartbeatIntervalNs));
  const drawn = members.map((member) => {
    const phase = stream.uniform();
    return { member, delayNs: Math.round((ticks + stream.below(ticks) - phase) * heartbeatIntervalNs) };
  });
  drawn.sort((a, b) => a.delayNs - b.delayNs || a.member.index - b.member.index);
  return { order: drawn.map(({ member }) => member), delayNs: drawn[0]?.delayNs ?? 0 };
}

/** Who wins: the first for whom a majority votes, which it does if none of its voters has more on disk. */
export function winner(order: readonly EtcdMember[], quorum: number): EtcdMember | undefined {
  const live = order.filter((member) => member.live);
  return live.find(({ newestNumber }) => live.filter((voter) => voter.newestNumber <= newestNumber).length >= quorum);
}
