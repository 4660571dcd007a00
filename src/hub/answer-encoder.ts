import type { Call } from '../api/call.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import { SlicedTasks } from '../engine/sliced-tasks.js';
import type { CallCosts } from './call-costs.js';
import { jsonBytes } from './object-bytes.js';

/** Looking at so many objects takes long enough for others to be let through meanwhile. */
const LONG_NS = 10e6;

/** Has an API server's answers encoded. */
export class AnswerEncoder {
  /** Where long work is done. */
  readonly sliced: SlicedTasks;
  private readonly engine: Engine;
  private readonly host: Processor;
  private readonly component: number;
  private readonly costs: CallCosts;
  private readonly encodedKind: EventKind;

  /** `answer` hears of rows whose answers are encoded. */
  constructor(engine: Engine, host: Processor, component: number, costs: CallCosts, answer: (slot: number) => void) {
    this.sliced = new SlicedTasks(engine, host, 'api server: list');
    this.engine = engine;
    this.host = host;
    this.component = component;
    this.costs = costs;
    this.encodedKind = engine.register('api server: answer encoded', answer, 'processor');
  }

  /** Encodes the answer of a call in a row, objects of so many bytes long, with so much other work. */
  encode(slot: number, call: Call, objectBytes: number, otherNs: number): void {
    const bytes = call.asJson ? jsonBytes(objectBytes) : objectBytes;
    call.answerBytes = bytes;
    const { engine, host, sliced, component, encodedKind } = this;
    const { inChore } = engine;
    // What made the answer possible may be of another class than the call.
    engine.become(call.chore);
    const costNs = this.costs.answerNs(bytes) + otherNs;
    if (otherNs > LONG_NS) sliced.run(component, costNs, encodedKind, slot);
    else host.run(component, costNs, encodedKind, slot);
    engine.become(inChore);
  }
}
