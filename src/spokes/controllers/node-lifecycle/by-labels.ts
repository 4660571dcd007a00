import type { Labels } from '../../../api/labels.js';
import type { Node } from '../../../api/node.js';

/** What follows from the labels of each node, worked out again when they change: passes ask for all, and hardly any does. */
export class ByLabels<T> {
  private readonly known: ({ readonly labels: Labels; readonly found: T } | undefined)[];
  private readonly find: (node: Node) => T;

  constructor(find: (node: Node) => T) {
    this.known = [];
    this.find = find;
  }

  of(node: Node): T {
    const { labels } = node.metadata;
    const known = this.known[node.id];
    if (known?.labels === labels) return known.found;
    const found = this.find(node);
    this.known[node.id] = { labels, found };
    return found;
  }

  forget(nodeId: number): void {
    this.known[nodeId] = undefined;
  }
}
