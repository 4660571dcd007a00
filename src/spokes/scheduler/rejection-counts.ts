import { newColumn } from '../../api/columns.js';
import { Diagnosis } from './diagnosis.js';
import type { NodeLooker } from './node-order.js';
import type { NodeTable } from './node-table.js';
import type { Rejection } from './rejection.js';

/**
 * How many nodes each rejection meets, for pods of one shape: of thousands that wait for room each gets the diagnosis of
 * the one before, as long as no node has changed, and else only the nodes are asked anew that have.
 */
export class RejectionCounts implements NodeLooker {
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
    this.#blockVersions = table.changes.blockVersions;
    this.#blockSeen = newColumn(Uint32Array, this.#blockVersions.length);
    this.#seen = newColumn(Uint32Array, this.order.length);
    this.#said = new Array(this.order.length).fill(undefined);
    this.#counts = new Map([[undefined, this.order.length]]);
    this.#diagnosis = undefined;
  }

  /** Why no node fits; undefined if one does. It is the same object as long as it says the same. */
  diagnosis(): Diagnosis | undefined {
    const versions = this.#blockVersions;
    for (let block = 0; block < versions.length; block++) {
      const since = this.#blockSeen[block]!;
      if (since === versions[block]) continue;
      this.#table.changes.lookAtChanged(block, since, this);
      // The question itself may touch the block, when it takes a trial.
      this.#blockSeen[block] = versions[block]!;
    }
    if (this.#counts.has(undefined)) return undefined;
    this.#diagnosis ??= new Diagnosis(this.order.length, new Map(this.#counts as ReadonlyMap<Rejection, number>));
    return this.#diagnosis;
  }

  /** Asks a node again, if it has changed. */
  look(position: number): boolean {
    const node = this.order[position]!;
    const version = this.#table.lastingVersion[node]!;
    if (this.#seen[position] === version) return true;
    this.#seen[position] = version;
    const before = this.#said[position];
    const now = this.#verdict(node);
    if (before === now) return true;
    this.#said[position] = now;
    this.#count(before, -1);
    this.#count(now, 1);
    return true;
  }

  #count(said: Rejection | undefined, by: 1 | -1): void {
    const nodes = (this.#counts.get(said) ?? 0) + by;
    if (nodes === 0) this.#counts.delete(said);
    else this.#counts.set(said, nodes);
    this.#diagnosis = undefined;
  }
}
