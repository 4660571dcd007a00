import type { Node } from '../../../api/node.js';

/**
 * Versions of nodes that a pass found ready and without taints, by their place in its order: until there is another version,
 * only the lease has to be looked at. Nearly all nodes are calm, and each closer look costs several cache misses.
 */
export class CalmNodes {
  private readonly nodes: (Node | undefined)[];
  private readonly ids: number[];
  private readonly zones: (string | undefined)[];

  constructor() {
    this.nodes = [];
    this.ids = [];
    this.zones = [];
  }

  /** Identity of the node at a place, if it was calm and is that version still; otherwise -1. */
  idAt(place: number, node: Node): number {
    return this.nodes[place] === node ? this.ids[place]! : -1;
  }

  /** The zone it counts for, undefined for none. */
  zoneAt(place: number): string | undefined {
    return this.zones[place];
  }

  keep(place: number, node: Node, zone: string | undefined): void {
    this.nodes[place] = node;
    this.ids[place] = node.id;
    this.zones[place] = zone;
  }
}
