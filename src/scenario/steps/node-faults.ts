import type { Machines } from '../../cluster/machines.js';
import { Passing } from '../../cluster/passing.js';
import type { Engine } from '../../engine/index.js';
import type { NodeFault } from './node-fault.js';

/** A fault that has begun, and at which nodes. */
interface Begun {
  readonly fault: NodeFault;
  readonly nodes: readonly number[];
}

/** Lets faults happen to nodes, and pass again. */
export class NodeFaults {
  private readonly machines: Machines;
  private readonly passing: Passing<Begun>;

  constructor(engine: Engine, machines: Machines) {
    this.machines = machines;
    this.passing = new Passing(engine, 'fault: nodes restart', (begun) => this.pass(begun));
  }

  /** Ends of faults that are still to come: a run goes on until they have, though all may be as desired before. */
  get endsAhead(): number {
    return this.passing.ahead;
  }

  begin(fault: NodeFault, nodes: readonly number[]): void {
    const { machines } = this;
    switch (fault.fault) {
      case 'node-crash':
        machines.crash(nodes);
        break;
      case 'node-shutdown':
        machines.shutDown(nodes);
        break;
      case 'node-reboot':
        // They come back by themselves.
        machines.shutDown(nodes, true);
        return;
      case 'node-partition':
        machines.cutOff(nodes);
        break;
      case 'node-slow':
        machines.slow(nodes, fault.factor);
        break;
      case 'clock':
        machines.setClocks(nodes, fault.skewNs);
        break;
      case 'kubelet-freeze':
        machines.freeze(nodes);
        break;
    }
    this.passing.after(fault.forNs, { fault, nodes });
  }

  private pass({ fault, nodes }: Begun): void {
    if (fault.fault === 'node-partition') this.machines.reconnect(nodes);
    else if (fault.fault === 'node-slow') this.machines.slow(nodes, 1);
    else if (fault.fault === 'clock') this.machines.setClocks(nodes, 0);
    else if (fault.fault === 'kubelet-freeze') this.machines.thaw(nodes);
    else this.machines.restart(nodes);
  }
}
