import type { Engine, EventKind } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';

/** Whatever else runs on the machine of the control plane. */
export const OTHERS = 'others';

/** How long a program has a core for when others want it, too (kernel/sched/fair.c: a slice of 1.5 ms on two cores, 3 ms at most). */
const SLICE_NS = 3e6;

/** A program does its own chores so often: collecting garbage, health checks, metrics, timers. */
const PERIOD_NS = 100e6;

/** What programs do for themselves whether or not anybody asks anything of them, a slice each period. */
export class Background {
  private readonly engine: Engine;
  private readonly dueKind: EventKind;
  private readonly doneKind: EventKind;
  private readonly hosts: Processor[];
  private readonly components: number[];
  private readonly costsNs: number[];
  private readonly periodsNs: number[];

  /** `costsNs` is what each program needs of processor time a second for itself; a program that is not named, nothing. */
  constructor(engine: Engine, hosts: readonly Processor[], costsNs: ReadonlyMap<string, number>) {
    this.engine = engine;
    this.dueKind = engine.register('background work due', (program) => this.work(program), 'timer');
    this.doneKind = engine.register('background work done', () => {}, 'processor');
    this.hosts = [];
    this.components = [];
    this.costsNs = [];
    this.periodsNs = [];
    const [first] = hosts;
    for (const host of hosts) {
      for (const name of host === first ? [...host.componentNames(), OTHERS] : host.componentNames()) {
        const secondNs = costsNs.get(name) ?? 0;
        if (secondNs === 0) continue;
        // Chores are short; what others do takes whole slices.
        const costNs = name === OTHERS ? SLICE_NS : Math.round((secondNs * PERIOD_NS) / 1e9);
        this.periodsNs.push(Math.round((costNs * 1e9) / secondNs));
        this.hosts.push(host);
        // What it costs to be woken for it is measured along.
        this.components.push(host.addComponent(name));
        this.costsNs.push(costNs);
      }
    }
  }

  /** Programs begin one after the other, so that their slices do not meet. */
  start(): void {
    const count = this.hosts.length;
    for (let program = 0; program < count; program++) {
      this.engine.scheduleAs(true, Math.round((this.periodsNs[program]! * program) / count), this.dueKind, program);
    }
  }

  private work(program: number): void {
    this.engine.schedule(this.periodsNs[program]!, this.dueKind, program);
    this.hosts[program]!.run(this.components[program]!, this.costsNs[program]!, this.doneKind);
  }
}
