import { describe, expect, it } from 'vitest';
import { LeaderElection } from '../../../src/client/leader-election.js';

const DURATION_SECONDS = 15;

function leaderAndFollower() {
  const leader = new LeaderElection('a', DURATION_SECONDS);
  const follower = new LeaderElection('b', DURATION_SECONDS);
  const lease = leader.claim(undefined, 0)!;
  leader.written(lease, 0);
  return { leader, follower, lease };
}

describe('a leader election', () => {
  it('makes the first candidate leader and lets it renew without reading', () => {
    const { leader, lease } = leaderAndFollower();
    expect(leader.leading).toBe(true);
    expect(leader.renewal(2e9)).toEqual({ ...lease, renewNs: 2e9 });
  });

  it('counts the expiry from when a follower saw the lease change, not from its renewal', () => {
    const { follower, lease } = leaderAndFollower();
    expect(follower.claim(lease, 10e9)).toBeUndefined();
    expect(follower.claim(lease, 24.9e9)).toBeUndefined();
    expect(follower.claim(lease, 25e9)).toMatchObject({ holder: 'b', transitions: 1 });
  });

  it('hands a released lease over at once', () => {
    const { leader, follower, lease } = leaderAndFollower();
    const released = leader.release(lease, 5e9)!;
    leader.written(released, 5e9);
    expect(leader.leading).toBe(false);
    expect(follower.claim(released, 5e9)).toMatchObject({ holder: 'b', transitions: 1 });
  });

  it('lets nobody release what he does not hold', () => {
    const { follower, lease } = leaderAndFollower();
    follower.claim(lease, 1e9);
    expect(follower.release(lease, 1e9)).toBeUndefined();
  });
});
