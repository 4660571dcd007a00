import type { Pod } from '../../api/pod.js';
import { countingHandler } from '../../client/counting-handler.js';
import type { Informer } from '../../client/informer.js';
import { keysOf, type WorkloadName, workloadKey } from './pod-of.js';

/** How many ready pods each workload has: counted when it is first asked for, and kept up to date from then on. */
export class ReadyPods {
  private readonly pods: Informer<Pod>;
  private counts: Map<string, number> | undefined;

  constructor(pods: Informer<Pod>) {
    this.pods = pods;
    this.counts = undefined;
    pods.addHandler(countingHandler(isAlike, (pod, sign) => this.count(pod, sign)));
  }

  of(workload: WorkloadName): number {
    if (this.counts === undefined) {
      this.counts = new Map();
      for (const pod of this.pods.cache.values()) this.count(pod, 1);
    }
    return this.counts.get(workloadKey(workload)) ?? 0;
  }

  private count(pod: Pod, sign: 1 | -1): void {
    if (this.counts === undefined || !isReady(pod)) return;
    for (const key of keysOf(pod)) this.counts.set(key, (this.counts.get(key) ?? 0) + sign);
  }
}

/** Whether it is sent anything. */
export function isReady({ status, metadata }: Pod): boolean {
  return status.ready && !metadata.deleting;
}

/** Whether two versions of a pod count alike. */
function isAlike(a: Pod, b: Pod): boolean {
  return (
    isReady(a) === isReady(b) &&
    a.metadata.labels === b.metadata.labels &&
    a.metadata.ownerReferences === b.metadata.ownerReferences
  );
}
