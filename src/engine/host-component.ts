import { TaskRing } from './task-ring.js';
import type { WakeCosts } from './wake-costs.js';
import { ZERO } from './zero.js';

/** In place of a core: none. */
export const NO_CORE = -1;

/** One program on a host: what it has done, what it has to do, and what it does for itself when it is woken. */
export class HostComponent {
  readonly name: string;
  /** How many times longer its work takes than it says. */
  slowness: number;
  /** Its {@link WakeCosts}, copied: they come in objects of many shapes. */
  private readonly wakeNs: number;
  private readonly dozeNs: number;
  private readonly coldNs: number;
  private readonly wokenTailNs: number;
  private readonly coolNs: number;
  readonly short: TaskRing;
  readonly long: TaskRing;
  /** Tasks that run or wait. */
  tasks: number;
  /** Without what it does for itself now. */
  busyNs: number;
  /** Its share so far: who waits with the smallest is served next. */
  shareNs: number;
  /** When it last ran out of tasks. */
  idleSinceNs: number;
  /** What it still has to do for itself, and whether it waits for a free core to go on with that. */
  tailNs: number;
  interrupted: boolean;
  /** The free core it does that on, from `spinFromNs` to `spinUntilNs` at most; {@link NO_CORE} = none. */
  spinCore: number;
  spinFromNs: number;
  spinUntilNs: number;
  /** The core that it has for the rest of its slice, should it have another task at once; {@link NO_CORE} = none. */
  heldCore: number;

  constructor(name: string, wakeCosts: WakeCosts) {
    this.name = name;
    this.slowness = 1;
    this.wakeNs = wakeCosts.wakeNs;
    this.dozeNs = wakeCosts.dozeNs;
    this.coldNs = wakeCosts.coldNs;
    this.wokenTailNs = wakeCosts.tailNs;
    this.coolNs = wakeCosts.coolNs;
    this.short = new TaskRing();
    this.long = new TaskRing();
    this.tasks = 0;
    this.busyNs = ZERO;
    this.shareNs = ZERO;
    this.idleSinceNs = ZERO;
    this.tailNs = ZERO;
    this.interrupted = false;
    this.spinCore = NO_CORE;
    this.spinFromNs = ZERO;
    this.spinUntilNs = ZERO;
    this.heldCore = NO_CORE;
  }

  /** Whether none of its tasks waits. */
  get isIdle(): boolean {
    return this.short.length === 0 && this.long.length === 0;
  }

  /** Whether a task that comes now finds it awake. */
  isAwake(nowNs: number): boolean {
    return this.tasks > 0 || this.heldCore !== NO_CORE || (this.spinCore !== NO_CORE && nowNs < this.spinUntilNs);
  }

  /** It is woken; returns what that costs before its first task. */
  wake(nowNs: number): number {
    const { wakeNs, dozeNs, coldNs, wokenTailNs, coolNs } = this;
    const sleptNs = nowNs - Math.max(this.idleSinceNs, this.spinUntilNs);
    if (sleptNs <= 0) return 0;
    const coldness = sleptNs / (sleptNs + coolNs);
    this.tailNs = Math.min(wokenTailNs, this.tailNs + Math.round(wokenTailNs * coldness));
    return Math.round((wakeNs * sleptNs) / (sleptNs + dozeNs) + coldNs * coldness);
  }

  /** Goes on with its own affairs on a free core. */
  spin(core: number, nowNs: number): void {
    this.spinCore = core;
    this.spinFromNs = nowNs;
    this.spinUntilNs = nowNs + this.tailNs;
  }

  /** What its own affairs have taken since it went on with them: they end by themselves when all is done. */
  spunNs(nowNs: number): number {
    return this.spinCore === NO_CORE ? 0 : Math.min(nowNs, this.spinUntilNs) - this.spinFromNs;
  }

  /** Busy seconds so far; a running task counts from its start. */
  busySeconds(nowNs: number): number {
    return (this.busyNs + this.spunNs(nowNs)) / 1e9;
  }

  /** Leaves its own affairs where they are. */
  endSpin(nowNs: number): void {
    const spunNs = this.spunNs(nowNs);
    this.busyNs += spunNs;
    this.tailNs -= spunNs;
    this.spinUntilNs = this.spinFromNs + spunNs;
    this.spinCore = NO_CORE;
  }
}
