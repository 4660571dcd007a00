/** Looked at when nothing is said: how long, how long for a pod, how hard for the hub, how stale. */
export const DEFAULT_FIGURES: readonly string[] = [
  'convergence.seconds',
  'pods.createdToRunning.p99',
  'hub.rate.peak',
  'hub.watchLag.p99',
];
