/** The order of the search is looked after in blocks of 2^7 nodes. */
export const BLOCK_BITS = 7;
const BLOCK_MASK: number = 2 ** BLOCK_BITS - 1;
/** Of so many changes of a block it is known which nodes they were of. */
const RECENT_CHANGES = 16;

/** Who looks at nodes that may have changed, by position in the order. */
export interface NodeLooker {
  look(position: number): boolean;
}

/**
 * The order in which the search visits nodes: one node of each zone in turn, zones in order of first appearance
 * (kubernetes-facts D2; backend/cache/node_tree.go). The list is rebuilt only after nodes came, left or moved.
 */
export class NodeOrder {
  readonly #zones: Map<string, Set<number>> = new Map();
  readonly #zoneOf: Map<number, string> = new Map();
  /** Grows, by block of the list, with each change of a node in it. */
  #versions: Uint32Array = new Uint32Array(0);
  /** By block and the last bits of its version: the place in the block of the node that it became that with. */
  #changed: Uint8Array = new Uint8Array(0);
  #positions: Int32Array = new Int32Array(0);
  #list: Int32Array = new Int32Array(0);
  #stale = false;

  add(node: number, zone: string): void {
    let members = this.#zones.get(zone);
    if (members === undefined) {
      members = new Set();
      this.#zones.set(zone, members);
    }
    members.add(node);
    this.#zoneOf.set(node, zone);
    this.#stale = true;
  }

  remove(node: number): void {
    const zone = this.#zoneOf.get(node);
    if (zone === undefined) return;
    const members = this.#zones.get(zone)!;
    members.delete(node);
    if (members.size === 0) this.#zones.delete(zone);
    this.#zoneOf.delete(node);
    this.#stale = true;
  }

  /** A node whose zone changed goes to the end of its new zone; otherwise it keeps its place. */
  update(node: number, zone: string): void {
    if (this.#zoneOf.get(node) === zone) return;
    this.remove(node);
    this.add(node, zone);
  }

  get size(): number {
    return this.#zoneOf.size;
  }

  /** Node indexes in search order; valid until nodes come, leave or move, and then another array. */
  list(): Int32Array {
    if (this.#stale) {
      this.#list = this.#roundRobin();
      this.#number(this.#list);
      this.#stale = false;
    }
    return this.#list;
  }

  /** Versions of the blocks of the list, valid as long as it is; never 0. */
  get blockVersions(): Uint32Array {
    return this.#versions;
  }

  /**
   * Has a look taken at each node of a block that may have changed since it was of a version, 0 for any; at all of them, if
   * that is too long ago. False as soon as a look gives that.
   */
  lookAtChanged(block: number, sinceVersion: number, looker: NodeLooker): boolean {
    if (sinceVersion === 0) return this.#lookAtAll(block, looker);
    const version = this.#versions[block]!;
    for (let each = sinceVersion + 1; each <= version; each++) {
      // A look may itself change the block, when it takes a trial.
      if (this.#versions[block]! - each >= RECENT_CHANGES) return this.#lookAtAll(block, looker);
      const place = this.#changed[block * RECENT_CHANGES + (each % RECENT_CHANGES)]!;
      if (!looker.look((block << BLOCK_BITS) + place)) return false;
    }
    return true;
  }

  #lookAtAll(block: number, looker: NodeLooker): boolean {
    const from = block << BLOCK_BITS;
    const end = Math.min(from + BLOCK_MASK + 1, this.#list.length);
    for (let position = from; position < end; position++) if (!looker.look(position)) return false;
    return true;
  }

  /** Something about the node has changed. */
  touch(node: number): void {
    // A list made anew is looked at anew.
    if (this.#stale) return;
    const position = this.#positions[node] ?? -1;
    if (position < 0) return;
    const block = position >> BLOCK_BITS;
    const version = this.#versions[block]! + 1;
    this.#versions[block] = version;
    this.#changed[block * RECENT_CHANGES + (version % RECENT_CHANGES)] = position & BLOCK_MASK;
  }

  #number(list: Int32Array): void {
    this.#versions = new Uint32Array((list.length >> BLOCK_BITS) + 1).fill(1);
    this.#changed = new Uint8Array(this.#versions.length * RECENT_CHANGES);
    this.#positions = new Int32Array(list.reduce((most, node) => Math.max(most, node), -1) + 1).fill(-1);
    for (let position = 0; position < list.length; position++) this.#positions[list[position]!] = position;
  }

  #roundRobin(): Int32Array {
    const order = new Int32Array(this.#zoneOf.size);
    const zones = [...this.#zones.values()].map((members) => [...members]);
    let filled = 0;
    for (let round = 0; filled < order.length; round++) {
      for (const members of zones) if (round < members.length) order[filled++] = members[round]!;
    }
    return order;
  }
}
