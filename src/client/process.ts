import type { Engine, EventKind } from '../engine/index.js';
import type { Processor, WakeCosts } from '../engine/processor.js';
import type { QueueMeter } from './queue-meter.js';

/** Something that waits for its turn, as the measuring room may look at it. */
export interface WaitingLine {
  readonly name: string;
  readonly length: number;
}

/** One program on a host (kube-scheduler, kube-controller-manager, …): the processor time its parts use is its own. */
export class Process {
  readonly engine: Engine;
  readonly name: string;
  /** The queues of its parts. */
  readonly queues: WaitingLine[];
  /** Gives the meter of a work queue by its name, where somebody counts. */
  readonly queueMeter: ((name: string) => QueueMeter) | undefined;
  /** By how much the clock of its machine is ahead of the true time, ns. */
  skewNs: number;
  private readonly host: Processor;
  private readonly component: number;
  /** Holds of the engine that are its own. */
  private held: number;
  private dead: boolean;

  constructor(
    engine: Engine,
    host: Processor,
    name: string,
    wakeCosts: WakeCosts,
    queueMeter?: (name: string) => QueueMeter,
  ) {
    this.engine = engine;
    this.name = name;
    this.queues = [];
    this.queueMeter = queueMeter;
    this.skewNs = 0;
    this.host = host;
    this.component = host.addComponent(name, wakeCosts);
    this.held = 0;
    this.dead = false;
  }

  /** Cores that its threads can use (GOMAXPROCS). */
  get cores(): number {
    return this.host.cores;
  }

  /** What its clock shows: for times that are compared with those of others. Waits are measured by the engine, as Go does on a monotonic clock. */
  get nowNs(): number {
    return this.engine.nowNs + this.skewNs;
  }

  get alive(): boolean {
    return !this.dead;
  }

  /** Ends all that it does and all that it waits for; its kinds of events have to be retired as well. */
  die(): void {
    this.dead = true;
    for (; this.held > 0; this.held--) this.engine.release();
  }

  /** It is stopped: what waits in its queues is no work that anybody waits for until it goes on. */
  pause(): void {
    for (let holds = this.held; holds > 0; holds--) this.engine.release();
  }

  /** Ends a `pause`. */
  goOn(): void {
    for (let holds = this.held; holds > 0; holds--) this.engine.hold();
  }

  /** Counts work that waits in one of its queues without an event of its own. */
  hold(): void {
    this.held++;
    this.engine.hold();
  }

  /** Ends one `hold`. */
  release(): void {
    this.held--;
    this.engine.release();
  }

  /** Works for `costNs` on the host's cores, then schedules the event. */
  work(costNs: number, kind: EventKind, target = 0, a = 0, b = 0): void {
    if (!this.dead) this.host.run(this.component, costNs, kind, target, a, b);
  }

  /** From now on its work takes `factor` times as long. */
  slow(factor: number): void {
    this.host.slow(this.component, factor);
  }

  get busySeconds(): number {
    return this.host.busySeconds(this.component);
  }
}
