import { newColumn, roomFor, widened } from '../../api/columns.js';
import { NO_EVENT } from './container-rows.js';

/** What the kubelet does with a pod: keeps it up, ends it, has ended it. */
export const LIVE = 0;
export const KILLING = 1;
export const ENDED = 2;

/** Its init containers have succeeded and its sidecars have started. */
export const INITIALIZED = 1;
/** Its worker is pulling an image or creating a container. */
export const BUSY = 2;
/** A report of its status is under way, and another must follow. */
export const REPORTING = 4;
export const REPORT_AGAIN = 8;
/** A look at its API status is due. */
export const RECONCILING = 16;
/** Nobody wants to hear of it any more: its object is gone. */
export const ORPHANED = 32;
/** Its sandbox is up. */
export const SANDBOXED = 64;
/** It takes its share of the node. */
export const ADMITTED = 128;
/** A postStart hook keeps its worker busy; a sync is due as soon as it is over. */
export const HOOKED = 256;
export const SYNC_AGAIN = 512;
/** Its readiness gates are going to be opened, and are open. */
export const GATES_AWAITED = 1024;
export const GATES_OPEN = 2048;
/** It lies as a file on its node, and runs whatever the API server says. */
export const STATIC = 4096;

/** Of a pod that was running before there was a kubelet to see it start. */
const ADOPTED: number = INITIALIZED | SANDBOXED | ADMITTED | GATES_AWAITED | GATES_OPEN;

const NO_ROW = -1;

/** The pods on all nodes, a row each: 72 bytes a pod, and 4 to find it by its id; 16 bytes a node. */
export class PodRows {
  podId: Int32Array;
  node: Int32Array;
  plan: Int32Array;
  firstContainer: Int32Array;
  stage: Uint8Array;
  flags: Uint16Array;
  /** Number of the reason it was ended for. */
  reason: Uint8Array;
  /** The status last reported, packed; -1 = none. */
  reported: Int32Array;
  /** Revision of its object as of the last report that was accepted. */
  acceptedRevision: Float64Array;
  takenNs: Float64Array;
  /** When its grace is over, while it is ended. */
  deadlineNs: Float64Array;
  /** Pending events: the relist that looks at it, and its next sync. */
  relist: Float64Array;
  timer: Float64Array;
  /** The pods of one node in the order they came, as a list: the rows beside each, -1 at its ends. */
  private next: Int32Array;
  private previous: Int32Array;
  /** By node: the ends of its list. */
  private readonly first: number[];
  private readonly last: number[];
  /** Rows ever used: all rows are below. */
  count: number;
  private rowById: Int32Array;
  private readonly freeRows: number[];

  constructor() {
    const size = 256;
    this.podId = newColumn(Int32Array, size);
    this.node = newColumn(Int32Array, size);
    this.plan = newColumn(Int32Array, size);
    this.firstContainer = newColumn(Int32Array, size);
    this.stage = newColumn(Uint8Array, size);
    this.flags = newColumn(Uint16Array, size);
    this.reason = newColumn(Uint8Array, size);
    this.reported = newColumn(Int32Array, size);
    this.acceptedRevision = newColumn(Float64Array, size);
    this.takenNs = newColumn(Float64Array, size);
    this.deadlineNs = newColumn(Float64Array, size);
    this.relist = newColumn(Float64Array, size);
    this.timer = newColumn(Float64Array, size);
    this.next = newColumn(Int32Array, size);
    this.previous = newColumn(Int32Array, size);
    this.first = [];
    this.last = [];
    this.count = 0;
    this.rowById = newColumn(Int32Array, size);
    this.freeRows = [];
  }

  /** Row of a pod, -1 if no kubelet has it. */
  rowOf(podId: number): number {
    return podId < this.rowById.length ? this.rowById[podId]! - 1 : -1;
  }

  allocate(podId: number, node: number, plan: number, nowNs: number): number {
    const row = this.freeRows.pop() ?? this.count++;
    if (row >= this.podId.length) this.grow(roomFor(row + 1, this.podId.length));
    if (podId >= this.rowById.length) this.rowById = widened(this.rowById, roomFor(podId + 1, this.rowById.length));
    this.rowById[podId] = row + 1;
    this.podId[row] = podId;
    this.node[row] = node;
    this.plan[row] = plan;
    this.stage[row] = LIVE;
    this.flags[row] = 0;
    this.reason[row] = 0;
    this.reported[row] = -1;
    this.acceptedRevision[row] = 0;
    this.takenNs[row] = nowNs;
    this.relist[row] = NO_EVENT;
    this.timer[row] = NO_EVENT;
    this.append(row, node);
    return row;
  }

  /** The pod of a row has another object from now on. */
  rename(row: number, podId: number): void {
    this.rowById[this.podId[row]!] = 0;
    if (podId >= this.rowById.length) this.rowById = widened(this.rowById, roomFor(podId + 1, this.rowById.length));
    this.rowById[podId] = row + 1;
    this.podId[row] = podId;
  }

  /** Gives back a row without pending events. */
  free(row: number): void {
    this.rowById[this.podId[row]!] = 0;
    this.podId[row] = -1;
    this.takeOut(row, this.node[row]!);
    this.node[row] = -1;
    this.freeRows.push(row);
  }

  /** Its machine has stopped: nobody is at work on it, and its sandbox is gone. */
  stop(row: number): void {
    this.set(row, BUSY | SANDBOXED, false);
  }

  /** A pod was running before there was a kubelet to see it start. */
  adopt(row: number): void {
    this.flags[row] = ADOPTED;
  }

  /** Whether the kubelet has it from a file and not from the API server. */
  isStatic(row: number): boolean {
    return this.is(row, STATIC);
  }

  is(row: number, flag: number): boolean {
    return (this.flags[row]! & flag) !== 0;
  }

  set(row: number, flag: number, on: boolean): void {
    this.flags[row] = on ? this.flags[row]! | flag : this.flags[row]! & ~flag;
  }

  /** Rows of the pods on a node; the one that was given last may be freed meanwhile. */
  *on(node: number): IterableIterator<number> {
    for (let row = this.first[node] ?? NO_ROW; row !== NO_ROW; ) {
      const next: number = this.next[row]!;
      yield row;
      row = next;
    }
  }

  private append(row: number, node: number): void {
    while (this.first.length <= node) {
      this.first.push(NO_ROW);
      this.last.push(NO_ROW);
    }
    const last = this.last[node]!;
    this.previous[row] = last;
    this.next[row] = NO_ROW;
    if (last === NO_ROW) this.first[node] = row;
    else this.next[last] = row;
    this.last[node] = row;
  }

  private takeOut(row: number, node: number): void {
    const previous = this.previous[row]!;
    const next = this.next[row]!;
    if (previous === NO_ROW) this.first[node] = next;
    else this.next[previous] = next;
    if (next === NO_ROW) this.last[node] = previous;
    else this.previous[next] = previous;
  }

  private grow(size: number): void {
    this.podId = widened(this.podId, size);
    this.node = widened(this.node, size);
    this.plan = widened(this.plan, size);
    this.firstContainer = widened(this.firstContainer, size);
    this.stage = widened(this.stage, size);
    this.flags = widened(this.flags, size);
    this.reason = widened(this.reason, size);
    this.reported = widened(this.reported, size);
    this.acceptedRevision = widened(this.acceptedRevision, size);
    this.takenNs = widened(this.takenNs, size);
    this.deadlineNs = widened(this.deadlineNs, size);
    this.relist = widened(this.relist, size);
    this.timer = widened(this.timer, size);
    this.next = widened(this.next, size);
    this.previous = widened(this.previous, size);
  }
}
