import type { Engine, EventKind } from '../engine/index.js';
import type { Processor, WakeCosts } from '../engine/processor.js';

/** One program on a host (kube-scheduler, kube-controller-manager, …): the processor time its parts use is its own. */
export class Process {
  readonly engine: Engine;
  readonly name: string;
  private readonly host: Processor;
  private readonly component: number;

  constructor(engine: Engine, host: Processor, name: string, wakeCosts: WakeCosts) {
    this.engine = engine;
    this.name = name;
    this.host = host;
    this.component = host.addComponent(name, wakeCosts);
  }

  /** Works for `costNs` on the host's cores, then schedules the event. */
  work(costNs: number, kind: EventKind, target = 0, a = 0, b = 0): void {
    this.host.run(this.component, costNs, kind, target, a, b);
  }

  get busySeconds(): number {
    return this.host.busySeconds(this.component);
  }
}
