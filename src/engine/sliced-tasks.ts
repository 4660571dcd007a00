import type { Engine, EventKind } from './index.js';
import type { Processor } from './processor.js';

/** A goroutine that has run for so long makes room for others (Go runtime/proc.go forcePreemptNS). */
const SLICE_NS = 10_000_000;

/** What is left of a task after its slice. */
interface Rest {
  readonly component: number;
  readonly costNs: number;
  readonly kind: EventKind;
  readonly target: number;
  readonly a: number;
}

/** Tasks of a processor that may take long: after each slice they wait again behind what came meanwhile. */
export class SlicedTasks {
  private readonly host: Processor;
  private readonly sliceKind: EventKind;
  private readonly rows: (Rest | undefined)[];
  private readonly free: number[];

  constructor(engine: Engine, host: Processor, name: string) {
    this.host = host;
    this.sliceKind = engine.register(`${name}: slice over`, (row) => this.goOn(row), 'processor');
    this.rows = [];
    this.free = [];
  }

  /** As {@link Processor.run}. */
  run(component: number, costNs: number, kind: EventKind, target: number, a = 0): void {
    if (costNs <= SLICE_NS) {
      this.host.run(component, costNs, kind, target, a);
      return;
    }
    const row = this.free.pop() ?? this.rows.length;
    this.rows[row] = { component, costNs: costNs - SLICE_NS, kind, target, a };
    this.host.run(component, SLICE_NS, this.sliceKind, row);
  }

  private goOn(row: number): void {
    const { component, costNs, kind, target, a } = this.rows[row]!;
    this.rows[row] = undefined;
    this.free.push(row);
    this.run(component, costNs, kind, target, a);
  }
}
