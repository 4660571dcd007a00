import type { PageData } from '../../report/html/page-data.js';
import type { PodTable } from './pod-table.js';

/** What the pods of a node may be doing, as rows of {@link WheelState.perNode}. */
export const STARTING = 0;
export const RUNNING = 1;
export const ENDING = 2;
export const DOINGS = 3;

/** Pod events, in the order of time, in one number each: 4 times the pod, and what became of it. */
const [BOUND, RAN, DELETED, GONE] = [0, 1, 2, 3] as const;

/** How nodes and pods are at one moment of the run, kept up as the moment moves. */
export class WheelState {
  /** Pods by node and doing: `perNode[DOINGS * node + doing]`. */
  readonly perNode: Int32Array;
  readonly totals: Int32Array;
  readonly nodeState: string[];
  /** Created and neither bound nor gone. */
  pending: number;
  /** Pods bound since the last {@link takeBound}. */
  private readonly bound: number[];
  /** Nodes that have changed since the last {@link takeTouched}, each once. */
  private touched: number[];
  private readonly isTouched: Uint8Array;
  private allTouched: boolean;
  private readonly table: PodTable;
  private readonly changes: PageData['nodes']['changes'];
  private readonly createdOrder: Float64Array;
  private readonly eventTimes: Float64Array;
  private readonly events: Int32Array;
  private readonly doing: Int8Array;
  private time: number;
  private nextEvent: number;
  private nextCreated: number;
  private nextChange: number;
  private unbound: number;

  constructor(data: PageData, table: PodTable) {
    const nodes = data.nodes.names.length;
    this.table = table;
    this.changes = data.nodes.changes;
    this.perNode = new Int32Array(DOINGS * nodes);
    this.totals = new Int32Array(DOINGS);
    this.nodeState = new Array<string>(nodes).fill('ready');
    this.createdOrder = Float64Array.from(table.times.created).sort();
    this.doing = new Int8Array(table.count);
    const { times, events } = sorted(table);
    this.eventTimes = times;
    this.events = events;
    this.bound = [];
    this.touched = [];
    this.isTouched = new Uint8Array(nodes);
    this.allTouched = true;
    this.pending = 0;
    this.time = 0;
    this.nextEvent = 0;
    this.nextCreated = 0;
    this.nextChange = 0;
    this.unbound = 0;
    this.rewind();
  }

  /** Goes to a moment; backwards means from the start. */
  moveTo(time: number): void {
    if (time < this.time) this.rewind();
    this.time = time;
    while (this.nextEvent < this.events.length && this.eventTimes[this.nextEvent]! <= time)
      this.happen(this.events[this.nextEvent++]!);
    while (this.nextCreated < this.createdOrder.length && this.createdOrder[this.nextCreated]! <= time)
      this.nextCreated++;
    while (this.nextChange < this.changes.length && this.changes[this.nextChange]![0] <= time) {
      const [, node, state] = this.changes[this.nextChange++]!;
      this.nodeState[node] = state;
      this.touch(node);
    }
    this.pending = Math.max(0, this.nextCreated - this.unbound);
  }

  /** Pods that are bound to a node and not gone. */
  podsOn(node: number): number {
    const at = DOINGS * node;
    return this.perNode[at + STARTING]! + this.perNode[at + RUNNING]! + this.perNode[at + ENDING]!;
  }

  /** When something happens next to a pod or a node; Infinity if nothing does. */
  get nextTime(): number {
    return Math.min(
      this.eventTimes[this.nextEvent] ?? Number.POSITIVE_INFINITY,
      this.createdOrder[this.nextCreated] ?? Number.POSITIVE_INFINITY,
      this.changes[this.nextChange]?.[0] ?? Number.POSITIVE_INFINITY,
    );
  }

  /** The nodes of pods bound since the last call, at most `most` of them. */
  takeBound(most: number): number[] {
    const taken = this.bound.slice(0, most);
    this.bound.length = 0;
    return taken;
  }

  /** The nodes that have changed since the last call; undefined if all may have. */
  takeTouched(): readonly number[] | undefined {
    const taken = this.allTouched ? undefined : this.touched;
    for (const node of this.touched) this.isTouched[node] = 0;
    this.touched = [];
    this.allTouched = false;
    return taken;
  }

  private touch(node: number): void {
    if (this.isTouched[node] === 1) return;
    this.isTouched[node] = 1;
    this.touched.push(node);
  }

  private rewind(): void {
    this.allTouched = true;
    this.perNode.fill(0);
    this.totals.fill(0);
    this.nodeState.fill('ready');
    this.doing.fill(-1);
    this.bound.length = 0;
    this.time = 0;
    this.nextEvent = 0;
    this.nextCreated = 0;
    this.nextChange = 0;
    this.unbound = 0;
  }

  private happen(event: number): void {
    const pod = event >> 2;
    const what = event & 3;
    const node = this.table.node[pod]!;
    if (what === BOUND) {
      this.unbound++;
      if (this.bound.length < 1000) this.bound.push(node);
    }
    if (what === GONE && node < 0) this.unbound++;
    const before = this.doing[pod]!;
    const after = what === GONE || before === -2 ? -2 : before === ENDING ? ENDING : what;
    if (before >= 0) this.count(node, before, -1);
    this.doing[pod] = after;
    if (after >= 0) this.count(node, after, 1);
  }

  private count(node: number, doing: number, by: number): void {
    this.totals[doing]! += by;
    if (node < 0) return;
    this.perNode[DOINGS * node + doing]! += by;
    this.touch(node);
  }
}

/** All events of pods in order of time. */
function sorted({ count, times }: PodTable): { times: Float64Array; events: Int32Array } {
  const keyed: number[] = [];
  const columns = [times.bound, times.running, times.deleted, times.gone];
  for (let pod = 0; pod < count; pod++)
    for (const what of [BOUND, RAN, DELETED, GONE]) if (!Number.isNaN(columns[what]![pod]!)) keyed.push(4 * pod + what);
  const timeOf = (event: number): number => columns[event & 3]![event >> 2]!;
  const events = Int32Array.from(keyed).sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  return { times: Float64Array.from(events, timeOf), events };
}
