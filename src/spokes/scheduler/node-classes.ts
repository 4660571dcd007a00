import { newColumn } from '../../api/columns.js';
import type { KeptAnswers } from './kept-answers.js';
import { BLOCK_BITS, type NodeLooker } from './node-order.js';
import type { NodeTable } from './node-table.js';
import type { Likeness } from './plugin.js';

/** Classes of nodes told apart at most; more of them, and looking at the nodes themselves is as quick. */
export const CLASSES_MAX = 64;
/** The class of nodes that do not fit. */
const OUT = 0;
const BLOCK = 1 << BLOCK_BITS;
const LIKENESSES = 2 ** 21;

/**
 * The nodes in search order, sorted into classes that no plugin tells apart for pods of one kind, and counted by block:
 * a search in a cluster of 100,000 nodes, which scores 5,000 of them a pod, adds up some 80 blocks instead.
 */
export class NodeClasses implements NodeLooker {
  readonly order: Int32Array;
  readonly answers: KeptAnswers;
  readonly likeness: Likeness | undefined;
  /** Of the last count: how many nodes fit, how many were passed, the nodes of each class that fit, and one of them each. */
  found: number;
  processed: number;
  readonly members: Int32Array;
  readonly samples: Int32Array;
  readonly #table: NodeTable;
  readonly #blockVersions: Uint32Array;
  /** By position in the order. */
  readonly #classes: Uint8Array;
  readonly #seen: Uint32Array;
  /** By block, and by block and class. */
  readonly #blockSeen: Uint32Array;
  readonly #counts: Uint8Array;
  /** By class: what its nodes have in common, and how many there are. */
  readonly #keys: Float64Array;
  readonly #sizes: Int32Array;
  /** No class beyond this one has nodes. */
  #last: number;

  /** `likeness` is that of the one plugin that looks beyond the node. Whoever is not needed any more gives its columns. */
  constructor(table: NodeTable, answers: KeptAnswers, likeness: Likeness | undefined, spare?: NodeClasses) {
    this.order = table.order();
    this.answers = answers;
    this.likeness = likeness;
    this.found = 0;
    this.processed = 0;
    this.members = new Int32Array(CLASSES_MAX);
    this.samples = new Int32Array(CLASSES_MAX);
    this.#table = table;
    this.#blockVersions = table.changes.blockVersions;
    const { length } = this.order;
    const blocks = (length >> BLOCK_BITS) + 1;
    const isUsable = spare !== undefined && spare.order === this.order;
    this.#classes = isUsable ? spare.#classes.fill(OUT) : newColumn(Uint8Array, length);
    this.#seen = isUsable ? spare.#seen.fill(0) : newColumn(Uint32Array, length);
    this.#blockSeen = isUsable ? spare.#blockSeen.fill(0) : newColumn(Uint32Array, blocks);
    this.#counts = isUsable ? spare.#counts.fill(0) : newColumn(Uint8Array, blocks * CLASSES_MAX);
    for (let block = 0; block < blocks; block++) {
      this.#counts[block * CLASSES_MAX + OUT] = Math.min(BLOCK, length - (block << BLOCK_BITS));
    }
    this.#keys = new Float64Array(CLASSES_MAX).fill(Number.NaN);
    this.#sizes = new Int32Array(CLASSES_MAX);
    this.#last = OUT;
  }

  /** Counts the nodes from `start` on until so many fit and the next does; false: there are too many classes. */
  count(start: number, wanted: number): boolean {
    const { length } = this.order;
    this.members.fill(0);
    this.found = 0;
    this.processed = 0;
    for (let position = start; this.processed < length; ) {
      const block = position >> BLOCK_BITS;
      if (!this.#isUpToDate(block)) return false;
      const end = Math.min((block + 1) << BLOCK_BITS, length);
      const size = end - position;
      const isWhole = (position & (BLOCK - 1)) === 0 && this.processed + size <= length;
      if (isWhole && this.found + size - this.#counts[block * CLASSES_MAX + OUT]! <= wanted)
        this.#addBlock(block, size);
      else if (this.#addNodes(position, Math.min(end, position + length - this.processed), wanted)) return true;
      position = end === length ? 0 : end;
    }
    return true;
  }

  /** The node that comes as the `index`-th of the chosen classes, from `start` on; there must be such a one. */
  nth(start: number, chosen: Uint8Array, index: number): number {
    const { length } = this.order;
    let left = index;
    for (let position = start; ; ) {
      const block = position >> BLOCK_BITS;
      const end = Math.min((block + 1) << BLOCK_BITS, length);
      // What is left of the block where the search began is looked at node by node.
      const isWhole = (position & (BLOCK - 1)) === 0;
      const inBlock = isWhole ? this.#chosenIn(block, chosen) : Number.POSITIVE_INFINITY;
      if (left >= inBlock) left -= inBlock;
      else {
        for (; position < end; position++) {
          if (chosen[this.#classes[position]!] === 1 && left-- === 0) return this.order[position]!;
        }
      }
      position = end === length ? 0 : end;
    }
  }

  #addBlock(block: number, size: number): void {
    const { members, samples } = this;
    const counts = this.#counts;
    const from = block * CLASSES_MAX;
    for (let each = OUT + 1; each <= this.#last; each++) {
      const count = counts[from + each]!;
      if (count === 0) continue;
      if (members[each] === 0) samples[each] = this.order[this.#classes.indexOf(each, block << BLOCK_BITS)]!;
      members[each]! += count;
    }
    this.found += size - counts[from + OUT]!;
    this.processed += size;
  }

  /** Whether the count ends before the node at `end`. */
  #addNodes(start: number, end: number, wanted: number): boolean {
    for (let position = start; position < end; position++) {
      const each = this.#classes[position]!;
      if (each !== OUT) {
        if (this.found === wanted) return true;
        this.found++;
        if (this.members[each]!++ === 0) this.samples[each] = this.order[position]!;
      }
      this.processed++;
    }
    return false;
  }

  #chosenIn(block: number, chosen: Uint8Array): number {
    let sum = 0;
    for (let each = OUT + 1; each <= this.#last; each++) {
      if (chosen[each] === 1) sum += this.#counts[block * CLASSES_MAX + each]!;
    }
    return sum;
  }

  /** Brings the block up to date; false: there are too many classes. */
  #isUpToDate(block: number): boolean {
    const since = this.#blockSeen[block]!;
    const now = this.#blockVersions[block]!;
    if (since === now) return true;
    this.#blockSeen[block] = now;
    return this.#table.changes.lookAtChanged(block, since, this);
  }

  /** Brings a node up to date; false: there are too many classes. */
  look(position: number): boolean {
    const node = this.order[position]!;
    const version = this.#table.version[node]!;
    if (this.#seen[position] === version) return true;
    this.#seen[position] = version;
    const now = this.#classFor(node, this.#classes[position]!);
    if (now >= 0) this.#move(position, position >> BLOCK_BITS, now);
    return now >= 0;
  }

  #move(position: number, block: number, now: number): void {
    const before = this.#classes[position]!;
    if (before === now) return;
    this.#classes[position] = now;
    this.#counts[block * CLASSES_MAX + before]! -= 1;
    this.#counts[block * CLASSES_MAX + now]! += 1;
    if (now !== OUT) this.#sizes[now]! += 1;
    if (before === OUT || --this.#sizes[before]! > 0) return;
    this.#keys[before] = Number.NaN;
    while (this.#last > OUT && this.#sizes[this.#last] === 0) this.#last--;
  }

  /** −1: it has no class. Most stay in the one they are in, and there are few. */
  #classFor(node: number, before: number): number {
    const { answers } = this;
    if (answers.seen[node] !== this.#table.version[node]) answers.refresh(node);
    if (answers.verdicts[node] !== 0) return OUT;
    const alike = this.likeness === undefined ? 0 : this.likeness.of(node);
    if (alike < 0) return -1;
    const key = answers.flat[node]! * LIKENESSES + alike;
    const keys = this.#keys;
    if (keys[before] === key) return before;
    for (let each = OUT + 1; each <= this.#last; each++) if (keys[each] === key) return each;
    return this.#newClass(key);
  }

  #newClass(key: number): number {
    let free = OUT + 1;
    while (free < CLASSES_MAX && this.#sizes[free]! > 0) free++;
    if (free === CLASSES_MAX) return -1;
    this.#keys[free] = key;
    if (free > this.#last) this.#last = free;
    return free;
  }
}
