import type { Node } from '../api/node.js';
import type { WatchEvent } from '../api/watch.js';
import type { NodeChange } from './run-result.js';

/** How nodes fared, and when they were given up: Ready became Unknown, a NoExecute taint appeared. Engine times, ns. */
export class NodeLog {
  readonly unknownNs: number[];
  readonly noExecuteNs: number[];
  readonly changes: NodeChange[];

  constructor() {
    this.changes = [];
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
    const state = event.type === 'DELETED' ? 'gone' : stateOf(node);
    if (previous === undefined || state !== stateOf(previous))
      this.changes.push({ atNs: event.committedNs, node: node.metadata.name, state });
  }
}

function stateOf({ spec, status }: Node): NodeChange['state'] {
  if (status.ready === 'Unknown') return 'unknown';
  if (status.ready === 'False') return 'not ready';
  return spec.unschedulable ? 'cordoned' : 'ready';
}

function hasNoExecute(node: Node): boolean {
  return node.spec.taints.some((taint) => taint.effect === 'NoExecute');
}
