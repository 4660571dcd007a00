import type { Engine, EventKind } from './index.js';

/**
 * A host's processor: a number of cores that serve tasks first come, first served, each to its end. Components on
 * one host share its cores and so slow each other down; each component's busy time is kept apart.
 *
 * A task ends in an event of the caller's kind. Waiting tasks live in a ring of typed arrays, so a full host
 * allocates nothing.
 */
export class Processor {
  private readonly engine: Engine;
  private readonly coresTotal: number;
  private readonly finishKind: EventKind;
  private readonly busyNsByComponent: number[];
  private readonly names: string[];
  private coresBusy: number;
  private head: number;
  private size: number;
  /** Columns of the waiting tasks: component, cost, kind, target, a, b, chore. */
  private waiting: Float64Array;
  /** Columns of the running tasks by core: kind, target, a, b. */
  private readonly running: Float64Array;
  private readonly freeCores: number[];

  constructor(engine: Engine, name: string, cores: number) {
    this.engine = engine;
    this.coresTotal = cores;
    this.finishKind = engine.register(`${name}: task done`, (core) => this.finish(core), 'processor');
    this.busyNsByComponent = [];
    this.names = [];
    this.coresBusy = 0;
    this.head = 0;
    this.size = 0;
    this.waiting = new Float64Array(64 * COLUMNS);
    const slots = Number.isFinite(cores) ? cores : 0;
    this.running = new Float64Array(slots * COLUMNS);
    this.freeCores = Array.from({ length: slots }, (_, core) => slots - 1 - core);
  }

  /** Registers a component of this host and returns its number. */
  addComponent(name: string): number {
    this.names.push(name);
    this.busyNsByComponent.push(0);
    return this.names.length - 1;
  }

  /** Cores at work now, and tasks that wait for one. */
  get busyCores(): number {
    return this.coresBusy;
  }

  get queueLength(): number {
    return this.size;
  }

  /** Busy seconds of a component so far; a running task counts from its start. */
  busySeconds(component: number): number {
    return (this.busyNsByComponent[component] ?? 0) / 1e9;
  }

  componentNames(): readonly string[] {
    return this.names;
  }

  /** Runs `costNs` of work, then schedules (kind, target, a, b) at once. Work that costs nothing waits for no core. */
  run(component: number, costNs: number, kind: EventKind, target = 0, a = 0, b = 0): void {
    if (costNs === 0 || this.coresTotal === Number.POSITIVE_INFINITY) {
      this.busyNsByComponent[component]! += costNs;
      this.engine.schedule(costNs, kind, target, a, b);
      return;
    }
    const chore = this.engine.inChore;
    if (this.coresBusy < this.coresTotal) this.start(chore, component, costNs, kind, target, a, b);
    else this.enqueue(chore, component, costNs, kind, target, a, b);
  }

  private start(
    chore: boolean,
    component: number,
    costNs: number,
    kind: EventKind,
    target: number,
    a: number,
    b: number,
  ) {
    const core = this.freeCores.pop()!;
    this.coresBusy++;
    this.busyNsByComponent[component]! += costNs;
    const at = core * COLUMNS;
    this.running[at + KIND] = kind;
    this.running[at + TARGET] = target;
    this.running[at + A] = a;
    this.running[at + B] = b;
    this.engine.scheduleAs(chore, costNs, this.finishKind, core);
  }

  private enqueue(
    chore: boolean,
    component: number,
    costNs: number,
    kind: number,
    target: number,
    a: number,
    b: number,
  ) {
    if ((this.size + 1) * COLUMNS > this.waiting.length) this.grow();
    const capacity = this.waiting.length / COLUMNS;
    const at = ((this.head + this.size) % capacity) * COLUMNS;
    const waiting = this.waiting;
    waiting[at + KIND] = kind;
    waiting[at + TARGET] = target;
    waiting[at + A] = a;
    waiting[at + B] = b;
    waiting[at + COMPONENT] = component;
    waiting[at + COST] = costNs;
    waiting[at + CHORE] = chore ? 1 : 0;
    this.size++;
    if (!chore) this.engine.hold();
  }

  private finish(core: number): void {
    const at = core * COLUMNS;
    const running = this.running;
    this.engine.schedule(0, running[at + KIND]!, running[at + TARGET]!, running[at + A]!, running[at + B]!);
    this.freeCores.push(core);
    this.coresBusy--;
    if (this.size > 0) this.startNext();
  }

  private startNext(): void {
    const waiting = this.waiting;
    const at = this.head * COLUMNS;
    this.head = (this.head + 1) % (waiting.length / COLUMNS);
    this.size--;
    const chore = waiting[at + CHORE] === 1;
    const kind = waiting[at + KIND]!;
    this.start(
      chore,
      waiting[at + COMPONENT]!,
      waiting[at + COST]!,
      kind,
      waiting[at + TARGET]!,
      waiting[at + A]!,
      waiting[at + B]!,
    );
    if (!chore) this.engine.release();
  }

  private grow(): void {
    const old = this.waiting;
    const capacity = old.length / COLUMNS;
    const grown = new Float64Array(old.length * 2);
    const first = capacity - this.head;
    grown.set(old.subarray(this.head * COLUMNS), 0);
    grown.set(old.subarray(0, this.head * COLUMNS), first * COLUMNS);
    this.waiting = grown;
    this.head = 0;
  }
}

const KIND = 0;
const TARGET = 1;
const A = 2;
const B = 3;
const COMPONENT = 4;
const COST = 5;
const CHORE = 6;
const COLUMNS = 8;
