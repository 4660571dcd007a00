import type { Labels } from '../../../api/labels.js';
import type { Node } from '../../../api/node.js';
import { zoneKey } from './zones.js';

/** Nodes with this label do not count for the state of their zone. */
const EXCLUDED_LABEL = 'node.kubernetes.io/exclude-disruption';

interface Known {
  readonly labels: Labels;
  readonly zone: string | undefined;
}

/** The zone that each node counts for. A pass asks for all of them, and labels hardly ever change: they are kept. */
export class NodeZones {
  private readonly byNode: (Known | undefined)[];

  constructor() {
    this.byNode = [];
  }

  /** The zone, undefined if the node does not count for any. */
  of(node: Node): string | undefined {
    const { labels } = node.metadata;
    const known = this.byNode[node.id];
    if (known?.labels === labels) return known.zone;
    const zone = EXCLUDED_LABEL in labels ? undefined : zoneKey(node);
    this.byNode[node.id] = { labels, zone };
    return zone;
  }

  forget(nodeId: number): void {
    this.byNode[nodeId] = undefined;
  }
}
