import type { Node } from '../api/node.js';
import type { WatchEvent } from '../api/watch.js';

/** When nodes were given up: their Ready condition became Unknown, a NoExecute taint appeared. Engine times, ns. */
export class NodeLog {
  readonly unknownNs: number[];
  readonly noExecuteNs: number[];

  constructor() {
    this.unknownNs = [];
    this.noExecuteNs = [];
  }

  committed(event: WatchEvent): void {
    const node = event.object as Node;
    const previous = event.previous as Node | undefined;
    if (node.status.ready === 'Unknown' && previous?.status.ready !== 'Unknown') this.unknownNs.push(event.committedNs);
    if (hasNoExecute(node) && (previous === undefined || !hasNoExecute(previous))) {
      this.noExecuteNs.push(event.committedNs);
    }
  }
}

function hasNoExecute(node: Node): boolean {
  return node.spec.taints.some((taint) => taint.effect === 'NoExecute');
}
