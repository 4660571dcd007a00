import type { ApiClient } from '../../client/api-client.js';
import type { Process } from '../../client/process.js';
import { type Task, TaskRunner } from '../../client/task.js';
import type { LoadOrder, LoadProbe } from './load-order.js';
import { Requests } from './requests.js';

/**
 * A closed loop: clients that each send the next request when the last one was answered, until the requests, the time
 * or the objects run out.
 */
export class ClosedLoad {
  private readonly process: Process;
  private readonly order: LoadOrder;
  private readonly probe: LoadProbe;
  private readonly runner: TaskRunner;
  private readonly requests: Requests;
  /** At the start. */
  private sentBefore: number;

  constructor(process: Process, client: ApiClient, order: LoadOrder, probe: LoadProbe) {
    this.process = process;
    this.order = order;
    this.probe = probe;
    this.runner = new TaskRunner(process);
    this.requests = new Requests(client, order);
    this.sentBefore = 0;
  }

  start(): void {
    const { clients, forNs } = this.order;
    this.sentBefore = this.requests.sent;
    const untilNs = forNs < 0 ? Number.POSITIVE_INFINITY : this.process.engine.nowNs + forNs;
    for (let i = 0; i < clients; i++) this.runner.start(this.loop(i, untilNs));
  }

  private *loop(client: number, untilNs: number): Task {
    const { engine } = this.process;
    const { order, requests } = this;
    const last = order.count < 0 ? Number.POSITIVE_INFINITY : this.sentBefore + order.count;
    // The pages of a list count as requests, and the last list is read to its end.
    for (let turn = 0; engine.nowNs < untilNs && requests.sent < last; turn++) {
      const target = requests.targetOf(client, turn);
      const call = requests.send(target);
      if (call === undefined) return;
      yield call;
      this.probe.loadAnswered(call, engine.nowNs);
      for (let page = requests.nextPage(call); page !== undefined; page = requests.nextPage(page)) {
        yield page;
        this.probe.loadAnswered(page, engine.nowNs);
      }
      yield* requests.learn(target, call);
    }
  }
}
