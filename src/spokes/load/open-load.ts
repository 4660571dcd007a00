import type { Call } from '../../api/call.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Process } from '../../client/process.js';
import { sleep, type Task, TaskRunner } from '../../client/task.js';
import type { EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import type { Arrivals } from './arrivals.js';
import type { LoadOrder, LoadProbe } from './load-order.js';
import { Requests } from './requests.js';

/** Watches that a load opens and closes. */
export interface LoadWatches {
  openOne(number: number): void;
  closeOne(number: number): void;
}

export interface OpenLoadParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly order: LoadOrder;
  readonly probe: LoadProbe;
  /** Of when requests are sent and how long things live. */
  readonly stream: Stream;
  /** When the requests are sent; made anew for each start. */
  readonly arrivals: () => Arrivals;
  readonly watches: LoadWatches;
}

/**
 * An open loop: requests are sent when they are due, whether earlier ones have been answered or not, until their number
 * or the time is up. What it makes it may delete again, each after a lifetime of its own.
 */
export class OpenLoad {
  private readonly parts: OpenLoadParts;
  private readonly runner: TaskRunner;
  private readonly requests: Requests;
  private readonly dueKind: EventKind;
  private arrivals: Arrivals | undefined;
  private startNs: number;
  /** Of this start. */
  private sent: number;

  constructor(parts: OpenLoadParts) {
    this.parts = parts;
    this.runner = new TaskRunner(parts.process);
    this.requests = new Requests(parts.client, parts.order);
    this.dueKind = parts.process.engine.register(`${parts.process.name}: request due`, () => this.due(), 'timer');
    this.arrivals = undefined;
    this.startNs = 0;
    this.sent = 0;
  }

  start(): void {
    this.arrivals = this.parts.arrivals();
    this.startNs = this.parts.process.engine.nowNs;
    this.sent = 0;
    this.scheduleNext();
  }

  private scheduleNext(): void {
    const { order, process, stream } = this.parts;
    if (this.sent === order.count) return;
    const offsetNs = this.arrivals!.atNs(this.sent, stream);
    if (order.forNs >= 0 && offsetNs >= order.forNs) return;
    process.engine.schedule(Math.max(this.startNs + offsetNs - process.engine.nowNs, 0), this.dueKind);
  }

  private due(): void {
    this.sent++;
    this.runner.start(this.parts.order.verb === 'watch' ? this.watch() : this.request());
    this.scheduleNext();
  }

  private *request(): Task {
    const { client, process, probe, order, stream } = this.parts;
    const { requests } = this;
    const target = requests.targetOf(0, requests.sent);
    const call = requests.send(target);
    if (call === undefined) return;
    yield call;
    probe.loadAnswered(call, process.engine.nowNs);
    yield* requests.learn(target, call);
    if (order.lifetime === undefined || !isCreated(call)) return;
    yield sleep(order.lifetime.sample(stream));
    const removal = client.delete(call.object!);
    yield removal;
    probe.loadAnswered(removal, process.engine.nowNs);
  }

  private *watch(): Task {
    const { watches, order, stream } = this.parts;
    const number = this.requests.sent++;
    watches.openOne(number);
    if (order.lifetime === undefined) return;
    yield sleep(order.lifetime.sample(stream));
    watches.closeOne(number);
  }
}

function isCreated(call: Call): boolean {
  return call.ok && call.verb === 'create' && call.subresource === '' && call.object !== undefined;
}
