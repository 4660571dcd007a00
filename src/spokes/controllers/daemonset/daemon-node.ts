import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import { type Eligibility, NEITHER } from './node-eligibility.js';
import type { NodeFacts } from './node-facts.js';

/** A pod of a DaemonSet. */
export interface DaemonPod {
  pod: Pod;
  /** Grows with each pod that comes to the DaemonSet. */
  readonly order: number;
  /** Where it counts; undefined where it does not. */
  node: DaemonNode | undefined;
}

/** What a DaemonSet has on one node, or on the name of one that pods are still on or meant for. */
export class DaemonNode {
  readonly name: string;
  /** Undefined if there is no such node. */
  node: Node | undefined;
  /** Grows with each node that comes. */
  order: number;
  eligibility: Eligibility;
  /** In the order in which they came. */
  readonly pods: DaemonPod[];
  /** As they were counted last. */
  facts: NodeFacts | undefined;

  constructor(name: string) {
    this.name = name;
    this.node = undefined;
    this.order = -1;
    this.eligibility = NEITHER;
    this.pods = [];
    this.facts = undefined;
  }
}

/** In the order in which the nodes came. */
export function byArrival(a: DaemonNode, b: DaemonNode): number {
  return a.order - b.order;
}

/** In the order in which the first pod of each came; all of them have pods. */
export function byFirstPod(a: DaemonNode, b: DaemonNode): number {
  return a.pods[0]!.order - b.pods[0]!.order;
}
