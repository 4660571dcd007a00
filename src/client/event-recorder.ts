import type { AnswerTaker, Call } from '../api/call.js';
import type { ApiObject } from '../api/object.js';
import type { EventKind } from '../engine/index.js';
import type { ApiClient } from './api-client.js';
import { EventOutbox, type EventType, sendEvent } from './event-outbox.js';
import type { Process } from './process.js';

/**
 * A controller's event recorder: one sender posts the events one by one through the controller's own client, so that
 * they draw from the same bucket as its real work (traps T3, T4). Recording is a chore: nothing waits for it.
 */
export class EventRecorder implements AnswerTaker {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly outbox: EventOutbox;
  private readonly sendKind: EventKind;
  private sending: boolean;

  constructor(process: Process, client: ApiClient) {
    this.process = process;
    this.client = client;
    this.outbox = new EventOutbox(client.caller.name);
    this.sendKind = process.engine.register(`${client.caller.name}: event sender`, () => this.sendNext(), 'queue');
    this.sending = false;
  }

  event(regarding: ApiObject, type: EventType, reason: string, message: string): void {
    this.outbox.add(regarding, type, reason, message);
    if (this.sending) return;
    this.sending = true;
    this.process.engine.scheduleAs(true, 0, this.sendKind);
  }

  answered(_call: Call): void {
    this.sendNext();
  }

  private sendNext(): void {
    const next = this.outbox.take(this.process.engine.nowNs);
    this.sending = next !== undefined;
    if (next !== undefined) sendEvent(this.client, next).answerTo = this;
  }
}
