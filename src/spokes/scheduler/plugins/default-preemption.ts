import { DELETE, type WakeRule } from '../cluster-event.js';
import type { Plugin } from '../plugin.js';

/** Whatever rejected the pod decides what wakes it; this rule only lets a gated pod hear of deletions. */
const WAKES: readonly WakeRule[] = [{ resource: 'Pod', actions: DELETE, hint: () => false }];

/** Keeps a pod out of the queue while its victims are being deleted (plugins/defaultpreemption PreEnqueue). */
export function defaultPreemption(isUnderWay: (podId: number) => boolean): Plugin {
  return {
    name: 'DefaultPreemption',
    reach: 'cluster',
    wakes: WAKES,
    gates: (pod) => isUnderWay(pod.id),
  };
}
