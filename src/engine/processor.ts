import { HostComponent, NO_CORE } from './host-component.js';
import type { Engine, EventKind } from './index.js';
import { ProcessorAudit } from './processor-audit.js';
import { A, B, CAUSE, CHORE, COLUMNS, COMPONENT, COST, fill, KIND, TARGET } from './task-ring.js';
import { NO_WAKE_COSTS, type WakeCosts } from './wake-costs.js';
import { ZERO } from './zero.js';

export type { WakeCosts } from './wake-costs.js';

/** Hears how long a program has been busy. */
export type TakeBusy = (program: string, seconds: number) => void;

/**
 * Tasks shorter than this run before a component's longer ones. A time-sliced runtime does so of itself, because the
 * short ones are through before their first slice is over; slicing every task would cost an event a slice.
 */
const SHORT_TASK_NS = 200_000;

/**
 * A host's processor: a number of cores that its components share. Each component's tasks run first come, first
 * served, the short before the long, each to its end; of the components that have tasks waiting the one is next that
 * has had the least processor time a thread, as an operating system gives every thread its share; a component has as
 * many threads as tasks, but not more than there are cores (GOMAXPROCS). A component that slept pays for it, so that work
 * in bursts costs less than one by one.
 *
 * A task ends in an event of the caller's kind. Tasks live in typed arrays, so a full host allocates nothing.
 */
export class Processor {
  private readonly engine: Engine;
  private readonly coresTotal: number;
  private readonly finishKind: EventKind;
  private readonly components: HostComponent[];
  /** The same by name. */
  private readonly programs: HostComponent[][];
  /** Columns of the running tasks, by core. */
  private readonly running: Float64Array;
  /** The first `freeCount` of them are free. */
  private readonly freeCores: Int32Array;
  private freeCount: number;
  private readonly sliceNs: number;
  /** When the slice on each core began. */
  private readonly sliceFromNs: Float64Array;
  private readonly sliceKind: EventKind;
  /** Who does something for himself on a free core; `undefined` = nobody. */
  private readonly spinners: (HostComponent | undefined)[];
  /** Who was interrupted in what he did for himself. */
  private readonly interrupted: HostComponent[];
  /** What a task waits for in a trace. */
  private readonly queueLabel: number;
  private readonly audit: ProcessorAudit | undefined;
  private waitingTotal: number;
  /** Cores that are kept for what their owners may do next. */
  private heldTotal: number;
  /** Share of the component that was served last, before that service. */
  private servedNs: number;

  /** A program keeps a core for `sliceNs` while others want it, if it has so much to do. */
  constructor(engine: Engine, name: string, cores: number, sliceNs = 0) {
    this.engine = engine;
    this.coresTotal = cores;
    this.sliceNs = sliceNs;
    this.finishKind = engine.register(`${name}: task done`, (core) => this.finish(core), 'processor');
    engine.trace?.standIn(this.finishKind);
    this.sliceKind = engine.register(`${name}: slice goes on`, (number) => this.giveUp(number), 'processor');
    engine.trace?.standIn(this.sliceKind);
    this.queueLabel = engine.trace?.nameWait(`${name}: waits for a core`, 'processor') ?? 0;
    this.components = [];
    this.programs = [];
    const limited = Number.isFinite(cores) ? cores : 0;
    this.running = new Float64Array(limited * COLUMNS);
    this.sliceFromNs = new Float64Array(limited);
    this.freeCores = Int32Array.from({ length: limited }, (_, core) => limited - 1 - core);
    this.freeCount = limited;
    this.spinners = new Array<HostComponent | undefined>(limited).fill(undefined);
    this.interrupted = [];
    this.waitingTotal = 0;
    this.heldTotal = 0;
    this.servedNs = ZERO;
    this.audit = engine.audit && new ProcessorAudit(engine, name, this);
  }

  /** Registers a component of this host and returns its number. */
  addComponent(name: string, wakeCosts: WakeCosts = NO_WAKE_COSTS): number {
    const component = new HostComponent(name, wakeCosts);
    const lives = this.programs.find(([first]) => first!.name === name);
    if (lives === undefined) this.programs.push([component]);
    else lives.push(component);
    return this.components.push(component) - 1;
  }

  /** From now on what a component is given to do takes `factor` times as long. */
  slow(component: number, factor: number): void {
    this.components[component]!.slowness = factor;
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
    return this.running.length / COLUMNS - this.freeCount - this.heldTotal;
  }

  /** Busy seconds of a component so far; a running task counts from its start. */
  busySeconds(component: number): number {
    return this.components[component]?.busySeconds(this.engine.nowNs) ?? 0;
  }

  /** Tells how long each program has been busy so far, the lives of one name together. */
  tellBusy(take: TakeBusy): void {
    for (const lives of this.programs) {
      let seconds = 0;
      for (const life of lives) seconds += life.busySeconds(this.engine.nowNs);
      take(lives[0]!.name, seconds);
    }
  }

  componentNames(): readonly string[] {
    return this.components.map((component) => component.name);
  }

  /** Runs `costNs` of work, then schedules (kind, target, a, b) at once. Work that costs nothing waits for no core. */
  run(number: number, givenNs: number, kind: EventKind, target = 0, a = 0, b = 0): void {
    const component = this.components[number]!;
    const costNs = component.slowness === 1 ? givenNs : Math.round(givenNs * component.slowness);
    if (costNs === 0 || this.coresTotal === Number.POSITIVE_INFINITY) {
      component.busyNs += costNs;
      this.engine.schedule(costNs, kind, target, a, b);
      return;
    }
    const chore = this.engine.inChore;
    const dueNs = component.isAwake(this.engine.nowNs) ? costNs : costNs + this.wake(component);
    // Who slept gets no credit for it.
    if (component.tasks === 0 && component.shareNs < this.servedNs) component.shareNs = this.servedNs;
    component.tasks++;
    if (component.heldCore !== NO_CORE) {
      const core = this.unhold(component);
      fill(this.running, core * COLUMNS, number, kind, target, a, b);
      this.begin(core, component, chore, dueNs);
      return;
    }
    if (this.freeCount > 0) {
      this.audit?.look();
      const core = this.takeCore(component);
      this.sliceFromNs[core] = this.engine.nowNs;
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

  /** Returns what it costs. */
  private wake(component: HostComponent): number {
    if (component.spinCore !== NO_CORE) this.endSpin(component);
    return component.wake(this.engine.nowNs);
  }

  private begin(core: number, component: HostComponent, chore: boolean, costNs: number): void {
    component.busyNs += costNs;
    component.shareNs += costNs / Math.min(component.tasks, this.coresTotal);
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
    this.engine.scheduleNow(kind, running[at + TARGET]!, running[at + A]!, running[at + B]!);
    if (this.waitingTotal > 0) {
      if (this.engine.nowNs - this.sliceFromNs[core]! >= this.sliceNs) this.takeNext(core, this.neediest());
      else if (!component.isIdle) this.continueSlice(core, component);
      else this.hold(number, component, core);
    } else {
      this.freeCores[this.freeCount++] = core;
      const idler = component.tailNs > 0 ? component : this.nextInterrupted();
      if (idler !== undefined) this.spin(idler, core);
    }
  }

  private spin(component: HostComponent, core: number): void {
    if (component.spinCore !== NO_CORE) this.endSpin(component);
    component.spin(core, this.engine.nowNs);
    this.spinners[core] = component;
  }

  private endSpin(component: HostComponent): void {
    this.spinners[component.spinCore] = undefined;
    component.endSpin(this.engine.nowNs);
  }

  private nextInterrupted(): HostComponent | undefined {
    for (let component = this.interrupted.pop(); component !== undefined; component = this.interrupted.pop()) {
      component.interrupted = false;
      if (component.tailNs > 0 && component.spinCore === NO_CORE) return component;
    }
    return undefined;
  }

  /** A free core: the one where the component looks for work, or one where nobody does, or any. */
  private takeCore(component: HostComponent): number {
    const { freeCores, spinners } = this;
    const last = --this.freeCount;
    let place = last;
    if (component.spinCore !== NO_CORE) while (freeCores[place] !== component.spinCore) place--;
    else while (place > 0 && spinners[freeCores[place]!] !== undefined) place--;
    const core = freeCores[place]!;
    freeCores[place] = freeCores[last]!;
    const spinner = spinners[core];
    if (spinner === undefined) return core;
    this.endSpin(spinner);
    if (spinner !== component && spinner.tailNs > 0 && !spinner.interrupted) {
      spinner.interrupted = true;
      this.interrupted.push(spinner);
    }
    return core;
  }

  /** Keeps the core for what a component may do next in this instant. */
  private hold(number: number, component: HostComponent, core: number): void {
    if (component.heldCore !== NO_CORE) {
      this.takeNext(core, this.neediest());
      return;
    }
    component.heldCore = core;
    this.heldTotal++;
    this.engine.scheduleAs(true, 0, this.sliceKind, number);
  }

  /** The instant is over: who had the core, and nothing more to do, gives it up. */
  private giveUp(number: number): void {
    const component = this.components[number]!;
    if (component.heldCore === NO_CORE) return;
    const core = this.unhold(component);
    if (this.waitingTotal > 0) this.takeNext(core, this.neediest());
    else this.freeCores[this.freeCount++] = core;
  }

  private unhold(component: HostComponent): number {
    const core = component.heldCore;
    component.heldCore = NO_CORE;
    this.heldTotal--;
    return core;
  }

  private takeNext(core: number, component: HostComponent): void {
    this.servedNs = component.shareNs;
    this.sliceFromNs[core] = this.engine.nowNs;
    this.continueSlice(core, component);
  }

  /** Gives a core to the next task of a component. */
  private continueSlice(core: number, component: HostComponent): void {
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

  /** Whoever has had the least of those with a task waiting. */
  private neediest(): HostComponent {
    let neediest: HostComponent | undefined;
    for (const component of this.components) {
      if (component.isIdle) continue;
      if (neediest === undefined || component.shareNs < neediest.shareNs) neediest = component;
    }
    return neediest!;
  }
}
