import type { HostLoad } from '../cluster/hosts.js';
import type { HostSummary } from '../measure/summary.js';

/** How busy machines were since a moment, so many seconds ago. Those that have come since began with nothing. */
export function hostsSince(before: readonly HostLoad[], now: readonly HostLoad[], seconds: number): HostSummary[] {
  return now.map(({ host, cores, busySeconds }, index) => {
    const earlier = before[index]?.busySeconds;
    const cpu: Record<string, number> = {};
    let sum = 0;
    for (const [component, busy] of busySeconds) {
      cpu[component] = busy - (earlier?.get(component) ?? 0);
      sum += cpu[component];
    }
    const busy = seconds === 0 || cores === Number.POSITIVE_INFINITY ? null : sum / (seconds * cores);
    return { host, cores: cores === Number.POSITIVE_INFINITY ? null : cores, busy, cpu };
  });
}
