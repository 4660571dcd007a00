import type { Node } from '../../api/node.js';

/** Alike machines that can be had from the cloud. */
export interface NodeGroup {
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  /** What each is registered as, but for its name. */
  readonly template: Node;
}

/** Whoever has machines; groups by their number. */
export interface CloudProvider {
  readonly groups: readonly NodeGroup[];
  /** Machines of a group, those that are still to boot included. */
  sizeOf(group: number): number;
  /** Of those, how many have not registered yet. */
  bootingIn(group: number): number;
  /** Number of a node's group, -1 for a node of none. */
  groupOf(nodeName: string): number;
  /** Orders machines more. */
  increase(group: number, count: number): void;
  /** Gives a machine back. */
  remove(nodeName: string): void;
}
