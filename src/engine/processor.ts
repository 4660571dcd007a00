import type { Engine, EventKind } from './index.js';
import { A, B, CHORE, COLUMNS, COMPONENT, COST, KIND, TARGET, TaskRing } from './task-ring.js';

/** What it costs a component to be woken when it has nothing to do, in processor nanoseconds. */
export interface WakeCosts {
  /** Before its first task begins: scheduling a thread, reading the network. */
  readonly wakeNs: number;
  /** When it runs out of tasks and nobody waits for the core: its threads look for more before they sleep. */
  readonly tailNs: number;
}

const NO_WAKE_COSTS: WakeCosts = Object.freeze({ wakeNs: 0, tailNs: 0 });

/**
 * Tasks shorter than this run before a component's longer ones. A time-sliced runtime does so of itself, because the
 * short ones are through before their first slice is over; slicing every task would cost an event a slice.
 */
const SHORT_TASK_NS = 200_000;

/** Stands for the kind of a tail, which ends in no event. */
const TAIL = -1;

/** One program on a host: what it has done, and what it has to do. */
interface Component {
  readonly name: string;
  readonly wakeCosts: WakeCosts;
  readonly short: TaskRing;
  readonly long: TaskRing;
  /** Tasks that run or wait, its tail included. */
  tasks: number;
  busyNs: number;
}

/**
 * A host's processor: a number of cores that its components share. Each component's tasks run first come, first
 * served, the short before the long, each to its end; the components that have tasks waiting take turns, as an
 * operating system gives every process its share. A component that is idle pays to be woken, so that work in bursts costs less than one by one.
 *
 * A task ends in an event of the caller's kind. Tasks live in typed arrays, so a full host allocates nothing.
 */
export class Processor {
  private readonly engine: Engine;
  private readonly coresTotal: number;
  private readonly finishKind: EventKind;
  private readonly components: Component[];
  /** Columns of the running tasks, by core. */
  private readonly running: Float64Array;
  private readonly freeCores: number[];
  private waitingTotal: number;
  /** The component whose turn is next. */
  private turn: number;

  constructor(engine: Engine, name: string, cores: number) {
    this.engine = engine;
    this.coresTotal = cores;
    this.finishKind = engine.register(`${name}: task done`, (core) => this.finish(core), 'processor');
    this.components = [];
    const limited = Number.isFinite(cores) ? cores : 0;
    this.running = new Float64Array(limited * COLUMNS);
    this.freeCores = Array.from({ length: limited }, (_, core) => limited - 1 - core);
    this.waitingTotal = 0;
    this.turn = 0;
  }

  /** Registers a component of this host and returns its number. */
  addComponent(name: string, wakeCosts: WakeCosts = NO_WAKE_COSTS): number {
    const component = { name, wakeCosts, short: new TaskRing(), long: new TaskRing(), tasks: 0, busyNs: 0 };
    return this.components.push(component) - 1;
  }

  /** Tasks that wait for a core. */
  get queueLength(): number {
    return this.waitingTotal;
  }

  /** Busy seconds of a component so far; a running task counts from its start. */
  busySeconds(component: number): number {
    return (this.components[component]?.busyNs ?? 0) / 1e9;
  }

  componentNames(): readonly string[] {
    return this.components.map((component) => component.name);
  }

  /** Runs `costNs` of work, then schedules (kind, target, a, b) at once. Work that costs nothing waits for no core. */
  run(number: number, costNs: number, kind: EventKind, target = 0, a = 0, b = 0): void {
    const component = this.components[number]!;
    if (costNs === 0 || this.coresTotal === Number.POSITIVE_INFINITY) {
      component.busyNs += costNs;
      this.engine.schedule(costNs, kind, target, a, b);
      return;
    }
    const chore = this.engine.inChore;
    const dueNs = component.tasks === 0 ? costNs + component.wakeCosts.wakeNs : costNs;
    component.tasks++;
    const core = this.freeCores.pop();
    if (core !== undefined) {
      fill(this.running, core * COLUMNS, number, kind, target, a, b);
      this.begin(core, component, chore, dueNs);
      return;
    }
    const ring = costNs < SHORT_TASK_NS ? component.short : component.long;
    const row = ring.push();
    const { rows } = ring;
    fill(rows, row, number, kind, target, a, b);
    rows[row + COST] = dueNs;
    rows[row + CHORE] = chore ? 1 : 0;
    this.waitingTotal++;
    if (!chore) this.engine.hold();
  }

  private begin(core: number, component: Component, chore: boolean, costNs: number): void {
    component.busyNs += costNs;
    this.engine.scheduleAs(chore, costNs, this.finishKind, core);
  }

  private finish(core: number): void {
    const { running } = this;
    const at = core * COLUMNS;
    const number = running[at + COMPONENT]!;
    const kind = running[at + KIND]!;
    const component = this.components[number]!;
    component.tasks--;
    if (kind !== TAIL) this.engine.schedule(0, kind, running[at + TARGET]!, running[at + A]!, running[at + B]!);
    if (this.waitingTotal > 0) this.takeNext(core);
    else if (kind !== TAIL && component.tasks === 0 && component.wakeCosts.tailNs > 0) {
      component.tasks++;
      fill(running, at, number, TAIL, 0, 0, 0);
      this.begin(core, component, true, component.wakeCosts.tailNs);
    } else this.freeCores.push(core);
  }

  /** Gives a core to the next component in turn that has a task waiting. */
  private takeNext(core: number): void {
    while (isIdle(this.components[this.turn]!)) this.advance();
    const component = this.components[this.turn]!;
    this.advance();
    const ring = component.short.length > 0 ? component.short : component.long;
    const row = ring.shift();
    const { rows } = ring;
    for (let column = 0; column < COLUMNS; column++) this.running[core * COLUMNS + column] = rows[row + column]!;
    this.waitingTotal--;
    const chore = rows[row + CHORE] === 1;
    this.begin(core, component, chore, rows[row + COST]!);
    if (!chore) this.engine.release();
  }

  private advance(): void {
    this.turn = this.turn + 1 === this.components.length ? 0 : this.turn + 1;
  }
}

/** Whether none of a component's tasks waits. */
function isIdle({ short, long }: Component): boolean {
  return short.length === 0 && long.length === 0;
}

function fill(
  rows: Float64Array,
  at: number,
  component: number,
  kind: EventKind,
  target: number,
  a: number,
  b: number,
): void {
  rows[at + COMPONENT] = component;
  rows[at + KIND] = kind;
  rows[at + TARGET] = target;
  rows[at + A] = a;
  rows[at + B] = b;
}
