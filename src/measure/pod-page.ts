import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { newColumn } from '../api/columns.js';

/** Pods of a page. */
export const PAGE_BITS = 10;
export const PAGE_ROWS: number = 1 << PAGE_BITS;

const NEVER = -1;

/** The moments of a pod's life that are kept. */
export type Moment = 'createdNs' | 'boundNs' | 'startedNs' | 'runningNs' | 'finishedNs' | 'deletedNs' | 'goneNs';

/** Their columns in a page; in a packed one the later ones are counted from the first. */
export const MOMENT: Readonly<Record<Moment, number>> = {
  createdNs: 0,
  boundNs: 1,
  startedNs: 2,
  runningNs: 3,
  finishedNs: 4,
  deletedNs: 5,
  goneNs: 6,
};
const MOMENTS = Object.keys(MOMENT).length;

interface Packed {
  readonly texts: readonly (readonly string[])[];
  readonly times: Float64Array;
}

/** The lives of the pods of a thousand successive ids: columns of engine times in nanoseconds. */
export class PodPage {
  readonly namespace: string[] = [];
  readonly name: string[] = [];
  readonly owner: string[] = [];
  readonly node: string[] = [];
  /** Column after column; −1: never. */
  readonly times: Float64Array = newColumn(Float64Array, MOMENTS * PAGE_ROWS, NEVER);
  gone: number = 0;

  /** The first time is the one that counts. */
  mark(moment: number, row: number, nowNs: number): void {
    const at = moment * PAGE_ROWS + row;
    if (this.times[at] === NEVER) this.times[at] = nowNs;
  }

  column(moment: number): Float64Array {
    return this.times.subarray(moment * PAGE_ROWS, (moment + 1) * PAGE_ROWS);
  }

  /** About a fifth of the bytes. */
  packed(): Uint8Array {
    const times = this.times.slice();
    for (let at = PAGE_ROWS; at < times.length; at++) {
      if (times[at] !== NEVER) times[at]! -= times[at & (PAGE_ROWS - 1)]!;
    }
    const { namespace, name, owner, node } = this;
    const content: Packed = { texts: [namespace, name, owner, node], times };
    return deflateRawSync(serialize(content), { level: 1 });
  }

  static unpacked(bytes: Uint8Array): PodPage {
    const { texts, times } = deserialize(inflateRawSync(bytes)) as Packed;
    const page = new PodPage();
    for (const [index, column] of [page.namespace, page.name, page.owner, page.node].entries()) {
      column.push(...texts[index]!);
    }
    page.times.set(times);
    for (let at = PAGE_ROWS; at < times.length; at++) {
      if (times[at] !== NEVER) page.times[at]! += times[at & (PAGE_ROWS - 1)]!;
    }
    page.gone = PAGE_ROWS;
    return page;
  }
}
