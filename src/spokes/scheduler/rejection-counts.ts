import { Diagnosis } from './diagnosis.js';
import { BLOCK_BITS } from './node-order.js';
import type { NodeTable } from './node-table.js';
import type { Rejection } from './rejection.js';

/**
 * How many nodes each rejection meets, for pods of one shape: of thousands that wait for room each gets the diagnosis of
 * the one before, as long as no node has changed, and else only the nodes are asked anew that have.
 */
export class RejectionCounts {
  readonly order: Int32Array;
  readonly #table: NodeTable;
  readonly #verdict: (node: number) => Rejection | undefined;
  readonly #blockVersions: Uint32Array;
  readonly #blockSeen: Uint32Array;
  /** By position in the order: the lasting version of the node that was asked, and what it said. */
  readonly #seen: Uint32Array;
  readonly #said: (Rejection | undefined)[];
  /** Nodes by what they said; undefined: the pods fit. */
  readonly #counts: Map<Rejection | undefined, number>;
  #diagnosis: Diagnosis | undefined;

  /** Valid as long as the table has this order. `verdict` must change with a node's lasting version alone. */
  constructor(table: NodeTable, verdict: (node: number) => Rejection | undefined) {
    this.order = table.order();
    this.#table = table;
    this.#verdict = verdict;
    this.#blockVersions = table.blockVersions();
    this.#blockSeen = new Uint32Array(this.#blockVersions.length);
    this.#seen = new Uint32Array(this.order.length);
    this.#said = new Array(this.order.length).fill(undefined);
    this.#counts = new Map([[undefined, this.order.length]]);
    this.#diagnosis = undefined;
  }

  /** Why no node fits; undefined if one does. It is the same object as long as it says the same. */
  diagnosis(): Diagnosis | undefined {
    const versions = this.#blockVersions;
    for (let block = 0; block < versions.length; block++) {
      if (this.#blockSeen[block] === versions[block]) continue;
      // The question itself may touch the block, when it takes a trial.
      this.#ask(block);
      this.#blockSeen[block] = versions[block]!;
    }
    if (this.#counts.has(undefined)) return undefined;
    this.#diagnosis ??= new Diagnosis(this.order.length, new Map(this.#counts as ReadonlyMap<Rejection, number>));
    return this.#diagnosis;
  }

  #ask(block: number): void {
    const { lastingVersion } = this.#table;
    const end = Math.min((block + 1) << BLOCK_BITS, this.order.length);
    for (let position = block << BLOCK_BITS; position < end; position++) {
      const node = this.order[position]!;
      if (this.#seen[position] === lastingVersion[node]) continue;
      this.#seen[position] = lastingVersion[node]!;
      const before = this.#said[position];
      const now = this.#verdict(node);
      if (before === now) continue;
      this.#said[position] = now;
      this.#count(before, -1);
      this.#count(now, 1);
    }
  }

  #count(said: Rejection | undefined, by: 1 | -1): void {
    const nodes = (this.#counts.get(said) ?? 0) + by;
    if (nodes === 0) this.#counts.delete(said);
    else this.#counts.set(said, nodes);
    this.#diagnosis = undefined;
  }
}
