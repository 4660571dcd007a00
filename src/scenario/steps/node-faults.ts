import type { Machines } from '../../cluster/machines.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { NodeFault } from './node-fault.js';

/** Lets faults happen to nodes, and pass again. */
export class NodeFaults {
  /** Ends of faults that are still to come: a run goes on until they have, though all may be as desired before. */
  endsAhead: number;
  private readonly engine: Engine;
  private readonly machines: Machines;
  private readonly passKind: EventKind;
  /** Those that are to pass, by the number their event carries. */
  private readonly passing: { readonly fault: NodeFault; readonly nodes: readonly number[] }[];

  constructor(engine: Engine, machines: Machines) {
    this.engine = engine;
    this.machines = machines;
    this.passKind = engine.register('fault: nodes restart', (index) => this.pass(index), 'timer');
    this.endsAhead = 0;
    this.passing = [];
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
      case 'kubelet-freeze':
        machines.freeze(nodes);
        break;
    }
    if (fault.forNs < 0) return;
    this.endsAhead++;
    // A chore until its time has come: convergence does not wait for it.
    this.engine.scheduleAs(true, fault.forNs, this.passKind, this.passing.push({ fault, nodes }) - 1);
  }

  private pass(index: number): void {
    const { fault, nodes } = this.passing[index]!;
    this.endsAhead--;
    this.engine.become(false);
    if (fault.fault === 'node-partition') this.machines.reconnect(nodes);
    else if (fault.fault === 'node-slow') this.machines.slow(nodes, 1);
    else if (fault.fault === 'kubelet-freeze') this.machines.thaw(nodes);
    else this.machines.restart(nodes);
  }
}
