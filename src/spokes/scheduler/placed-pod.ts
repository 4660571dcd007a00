import type { Pod } from '../../api/pod.js';
import type { PodKind } from './pod-kind.js';
import type { Amount } from './resource-columns.js';

/** A pod on a node as the scheduler's cache knows it. */
export class PlacedPod {
  /** Its latest version. */
  pod: Pod;
  readonly kind: PodKind;
  readonly requests: readonly Amount[];
  /** Index of its node in the table. */
  readonly node: number;
  /** Where it stands in the node's list of pods. */
  position: number;
  /** Whether its binding is under way. */
  assumed: boolean;

  constructor(pod: Pod, kind: PodKind, requests: readonly Amount[], node: number) {
    this.pod = pod;
    this.kind = kind;
    this.requests = requests;
    this.node = node;
    this.position = -1;
    this.assumed = false;
  }
}
