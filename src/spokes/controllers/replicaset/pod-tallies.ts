import { ByNumber } from '../../../api/by-number.js';
import type { Labels } from '../../../api/labels.js';
import { isPodActive, type Pod } from '../../../api/pod.js';
import type { ReplicaSet } from '../../../api/workload.js';
import type { Owned } from '../../../client/owned-objects.js';
import { countPods, hasLabels, isTerminating } from './pod-counts.js';
import type { PodCounts } from './replica-set-status.js';

/** What a ReplicaSet's pods come to, whatever the time. */
export type PodTally = Readonly<Omit<PodCounts, 'available'>>;

/** Running totals of one ReplicaSet's pods. */
interface Tally {
  /** The template's labels that `fullyLabeled` was counted with. */
  readonly labels: Labels;
  active: number;
  fullyLabeled: number;
  ready: number;
  terminating: number;
}

/**
 * The pod totals of every ReplicaSet, kept up to date change by change: the original counts its pods anew in every
 * sync, which for a ReplicaSet of a hundred thousand pods would be most of a simulation's work.
 */
export class PodTallies {
  private readonly byReplicaSet: ByNumber<Tally>;

  constructor() {
    this.byReplicaSet = new ByNumber();
  }

  /** The totals; `pods` are the ReplicaSet's pods in the cache, which are counted when they are asked for first. */
  of(replicaSet: ReplicaSet, pods: Owned<Pod>): PodTally {
    const { labels } = replicaSet.spec.template;
    const known = this.byReplicaSet.get(replicaSet.id);
    if (known?.labels === labels) return known;
    const { active, fullyLabeled, ready, terminating } = countPods(replicaSet, pods.values(), 0);
    const tally = { labels, active, fullyLabeled, ready, terminating };
    this.byReplicaSet.set(replicaSet.id, tally);
    return tally;
  }

  /** The cache has got (`sign` 1) or lost (-1) this version of a pod of the ReplicaSet. */
  change(replicaSetId: number, pod: Pod, sign: 1 | -1): void {
    const tally = this.byReplicaSet.get(replicaSetId);
    if (tally !== undefined) count(tally, pod, sign);
  }

  forget(replicaSetId: number): void {
    this.byReplicaSet.delete(replicaSetId);
  }
}

function count(tally: Tally, pod: Pod, sign: 1 | -1): void {
  if (isTerminating(pod)) tally.terminating += sign;
  if (!isPodActive(pod)) return;
  tally.active += sign;
  if (hasLabels(pod, tally.labels)) tally.fullyLabeled += sign;
  if (pod.status.ready) tally.ready += sign;
}
