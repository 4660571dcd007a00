import type { Engine, EventKind } from './index.js';
import { ProcessorAudit } from './processor-audit.js';
import { A, B, CAUSE, CHORE, COLUMNS, COMPONENT, COST, KIND, TARGET, TaskRing } from './task-ring.js';

/** What it costs a component to be woken when it has nothing to do, in processor nanoseconds. */
export interface WakeCosts {
  /** Before its first task begins: scheduling a thread, reading the network. */
  readonly wakeNs: number;
  /**
   * How long its threads look for more, at most, when it runs out of tasks and nobody else wants the core. A task that
   * comes while they do needs no waking.
   */
  readonly tailNs: number;
  /** More for being woken after a sleep: caches have gone cold, the core was halted. In full after 3 ms. */
  readonly coldNs: number;
}

/** Who has slept for so long finds nothing of his in the caches; after less, what is left of it. */
const COLD_AFTER_NS = 3e6;

const NO_WAKE_COSTS: WakeCosts = Object.freeze({ wakeNs: 0, tailNs: 0, coldNs: 0 });

/**
 * Tasks shorter than this run before a component's longer ones. A time-sliced runtime does so of itself, because the
 * short ones are through before their first slice is over; slicing every task would cost an event a slice.
 */
const SHORT_TASK_NS = 200_000;

const NO_CORE = -1;

/** One program on a host: what it has done, and what it has to do. */
interface Component {
  readonly name: string;
  readonly wakeCosts: WakeCosts;
  readonly short: TaskRing;
  readonly long: TaskRing;
  /** Tasks that run or wait. */
  tasks: number;
  busyNs: number;
  /** Its share so far: who waits with the smallest is served next. */
  shareNs: number;
  /** When it last ran out of tasks. */
  idleSinceNs: number;
  /** The free core its threads look for work on, from `spinFromNs` to `spinUntilNs` at most; {@link NO_CORE} = none. */
  spinCore: number;
  spinFromNs: number;
  spinUntilNs: number;
}

/**
 * A host's processor: a number of cores that its components share. Each component's tasks run first come, first
 * served, the short before the long, each to its end; of the components that have tasks waiting the one is next that
 * has had the least processor time, as an operating system gives every process its share. A component that is idle pays to be woken and to look for more work
 * before it sleeps, so that work in bursts costs less than one by one.
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
  /** Who looks for work on a free core; `undefined` = nobody. */
  private readonly spinners: (Component | undefined)[];
  /** What a task waits for in a trace. */
  private readonly queueLabel: number;
  private readonly audit: ProcessorAudit | undefined;
  private waitingTotal: number;
  /** Share of the component that was served last, before that service. */
  private servedNs: number;

  constructor(engine: Engine, name: string, cores: number) {
    this.engine = engine;
    this.coresTotal = cores;
    this.finishKind = engine.register(`${name}: task done`, (core) => this.finish(core), 'processor');
    engine.trace?.standIn(this.finishKind);
    this.queueLabel = engine.trace?.nameWait(`${name}: waits for a core`, 'processor') ?? 0;
    this.components = [];
    const limited = Number.isFinite(cores) ? cores : 0;
    this.running = new Float64Array(limited * COLUMNS);
    this.freeCores = Array.from({ length: limited }, (_, core) => limited - 1 - core);
    this.spinners = new Array<Component | undefined>(limited).fill(undefined);
    this.waitingTotal = 0;
    this.servedNs = 0;
    this.audit = engine.audit && new ProcessorAudit(engine, name, this);
  }

  /** Registers a component of this host and returns its number. */
  addComponent(name: string, wakeCosts: WakeCosts = NO_WAKE_COSTS): number {
    const spin = { spinCore: NO_CORE, spinFromNs: 0, spinUntilNs: 0 };
    const component = {
      name,
      wakeCosts,
      short: new TaskRing(),
      long: new TaskRing(),
      tasks: 0,
      busyNs: 0,
      shareNs: 0,
      idleSinceNs: 0,
      ...spin,
    };
    return this.components.push(component) - 1;
  }

  get cores(): number {
    return this.coresTotal;
  }

  /** Tasks that wait for a core. */
  get queueLength(): number {
    return this.waitingTotal;
  }

  /** Cores that are at a task. */
  get busyCores(): number {
    return this.running.length / COLUMNS - this.freeCores.length;
  }

  /** Busy seconds of a component so far; a running task counts from its start. */
  busySeconds(component: number): number {
    const one = this.components[component];
    if (one === undefined) return 0;
    const spunNs = one.spinCore === NO_CORE ? 0 : this.spunNs(one);
    return (one.busyNs + spunNs) / 1e9;
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
    const isAwake = component.tasks > 0 || this.isSpinning(component);
    const dueNs = isAwake ? costNs : costNs + this.wakingNs(component);
    // Who slept gets no credit for it.
    if (component.tasks === 0 && component.shareNs < this.servedNs) component.shareNs = this.servedNs;
    component.tasks++;
    if (this.freeCores.length > 0) {
      this.audit?.look();
      const core = this.takeCore(component);
      fill(this.running, core * COLUMNS, number, kind, target, a, b);
      this.begin(core, component, chore, dueNs);
      return;
    }
    const ring = costNs < SHORT_TASK_NS ? component.short : component.long;
    this.audit?.queued(ring);
    const row = ring.push();
    const { rows } = ring;
    fill(rows, row, number, kind, target, a, b);
    rows[row + COST] = dueNs;
    rows[row + CHORE] = chore ? 1 : 0;
    rows[row + CAUSE] = this.engine.trace?.current ?? 0;
    this.waitingTotal++;
    if (!chore) this.engine.hold();
  }

  private wakingNs({ wakeCosts, idleSinceNs }: Component): number {
    const cold = Math.min(1, (this.engine.nowNs - idleSinceNs) / COLD_AFTER_NS);
    return wakeCosts.wakeNs + Math.round(wakeCosts.coldNs * cold);
  }

  private begin(core: number, component: Component, chore: boolean, costNs: number): void {
    component.busyNs += costNs;
    component.shareNs += costNs;
    this.audit?.began(core);
    this.engine.scheduleAs(chore, costNs, this.finishKind, core);
  }

  private finish(core: number): void {
    const { running } = this;
    this.audit?.ended(core);
    const at = core * COLUMNS;
    const number = running[at + COMPONENT]!;
    const kind = running[at + KIND]!;
    const component = this.components[number]!;
    component.tasks--;
    if (component.tasks === 0) component.idleSinceNs = this.engine.nowNs;
    this.engine.schedule(0, kind, running[at + TARGET]!, running[at + A]!, running[at + B]!);
    if (this.waitingTotal > 0) this.takeNext(core);
    else {
      this.freeCores.push(core);
      if (component.tasks === 0 && component.wakeCosts.tailNs > 0) this.spin(component, core);
    }
  }

  private spin(component: Component, core: number): void {
    if (component.spinCore !== NO_CORE) this.endSpin(component);
    component.spinCore = core;
    component.spinFromNs = this.engine.nowNs;
    component.spinUntilNs = this.engine.nowNs + component.wakeCosts.tailNs;
    this.spinners[core] = component;
  }

  private isSpinning({ spinCore, spinUntilNs }: Component): boolean {
    return spinCore !== NO_CORE && this.engine.nowNs < spinUntilNs;
  }

  /** What a spin has cost so far: it ends by itself when its time is over. */
  private spunNs({ spinFromNs, spinUntilNs }: Component): number {
    return Math.min(this.engine.nowNs, spinUntilNs) - spinFromNs;
  }

  private endSpin(component: Component): void {
    component.busyNs += this.spunNs(component);
    this.spinners[component.spinCore] = undefined;
    component.spinCore = NO_CORE;
  }

  /** A free core: the one where the component looks for work, or one where nobody does, or any. */
  private takeCore(component: Component): number {
    const { freeCores } = this;
    const last = freeCores.length - 1;
    let place = last;
    if (component.spinCore !== NO_CORE) place = freeCores.lastIndexOf(component.spinCore);
    else while (place > 0 && this.spinners[freeCores[place]!] !== undefined) place--;
    const core = freeCores[place]!;
    freeCores[place] = freeCores[last]!;
    freeCores.length = last;
    const spinner = this.spinners[core];
    if (spinner !== undefined) this.endSpin(spinner);
    return core;
  }

  /** Gives a core to the component that has had the least of those with a task waiting. */
  private takeNext(core: number): void {
    const component = this.neediest();
    this.servedNs = component.shareNs;
    const ring = component.short.length > 0 ? component.short : component.long;
    this.audit?.taken(ring);
    const row = ring.shift();
    const { rows } = ring;
    for (let column = 0; column < COLUMNS; column++) this.running[core * COLUMNS + column] = rows[row + column]!;
    this.waitingTotal--;
    const chore = rows[row + CHORE] === 1;
    const { trace, nowNs } = this.engine;
    trace?.resume(rows[row + CAUSE]!, nowNs, this.queueLabel);
    this.begin(core, component, chore, rows[row + COST]!);
    if (!chore) this.engine.release();
  }

  private neediest(): Component {
    let neediest: Component | undefined;
    for (const component of this.components) {
      if (isIdle(component)) continue;
      if (neediest === undefined || component.shareNs < neediest.shareNs) neediest = component;
    }
    return neediest!;
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
