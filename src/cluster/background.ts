import type { Engine, EventKind } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';

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

  /** `costsNs` is what each program needs of processor time a second for itself; a program that is not named, nothing. */
  constructor(engine: Engine, hosts: readonly Processor[], costsNs: ReadonlyMap<string, number>) {
    this.engine = engine;
    this.dueKind = engine.register('background work due', (program) => this.work(program), 'timer');
    this.doneKind = engine.register('background work done', () => {}, 'processor');
    this.hosts = [];
    this.components = [];
    this.costsNs = [];
    for (const host of hosts) {
      for (const [component, name] of host.componentNames().entries()) {
        const costNs = Math.round(((costsNs.get(name) ?? 0) * PERIOD_NS) / 1e9);
        if (costNs === 0) continue;
        this.hosts.push(host);
        this.components.push(component);
        this.costsNs.push(costNs);
      }
    }
  }

  /** Programs begin one after the other, so that their slices do not meet. */
  start(): void {
    const count = this.hosts.length;
    for (let program = 0; program < count; program++) {
      this.engine.scheduleAs(true, Math.round((PERIOD_NS * program) / count), this.dueKind, program);
    }
  }

  private work(program: number): void {
    this.engine.schedule(PERIOD_NS, this.dueKind, program);
    this.hosts[program]!.run(this.components[program]!, this.costsNs[program]!, this.doneKind);
  }
}
