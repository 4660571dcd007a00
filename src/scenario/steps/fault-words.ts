/** How other tools and people call faults, and how they are written here. */
const WORDS: readonly (readonly [pattern: RegExp, meant: string])[] = [
  [/^(restart|reboot|bounce)$/, 'write kill with for: 5s for a process, node-reboot for nodes'],
  [/crash|terminate|outage|^down$/, 'write kill for a process, node-crash for nodes'],
  [/latency|packet|jitter|network|^(delay|lag)$/, 'write link-slow with delay: 50ms, or watch-delay for one watch'],
  [/partition|isolat|cut/, 'write partition for a link, node-partition for nodes'],
  [/pause|stop|hang|stall|suspend/, 'write freeze for a process, kubelet-freeze for nodes'],
  [/cpu|stress|throttl/, 'write slow for a process, node-slow for nodes'],
  [/clock|skew|drift|ntp|^time/, 'write clock with skew: 5m'],
  [/stale|cache/, 'write stale-cache with target and resource'],
  [/disk|^io|space|quota/, 'write disk-slow or disk-full for a member of etcd'],
  [/conflict/, 'write conflict-storm with target: deployment/web'],
  [/webhook/, 'write webhook-down with webhook: NAME'],
];

/** What a fault of this name is called here; undefined if nobody can guess. */
export function faultMeant(word: string): string | undefined {
  return WORDS.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1];
}
