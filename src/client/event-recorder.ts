import type { AnswerTaker, Call } from '../api/call.js';
import { EVENT } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import type { EventKind } from '../engine/index.js';
import type { ApiClient } from './api-client.js';
import { EventCorrelator } from './event-correlator.js';
import type { Process } from './process.js';

/** Events that may wait for the sender; more are dropped (record/event.go maxQueuedEvents). */
const QUEUE_MAX = 1000;

export type EventType = 'Normal' | 'Warning';

/** What the recorder keeps of an event until it is sent. */
interface QueuedEvent {
  readonly regarding: ApiObject;
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
}

/** Counts one more occurrence of an event. */
const COUNT_UP: Patch = Object.freeze({
  apply(current: ApiObject): ApiObject {
    const count = Number((current.extra as { count?: number } | undefined)?.count ?? 1) + 1;
    return draftWithCount(current, count);
  },
});

function draftWithCount(current: ApiObject, count: number): ApiObject {
  return draft(current.kind, current.metadata, current.spec, current.status, { ...current.extra, count });
}

/**
 * A controller's event recorder: one sender posts the events one by one through the controller's own client, so that
 * they draw from the same bucket as its real work (traps T3, T4). Recording is a chore: nothing waits for it.
 */
export class EventRecorder implements AnswerTaker {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly correlator: EventCorrelator;
  private readonly sendKind: EventKind;
  private readonly names: Map<string, string>;
  private queue: QueuedEvent[];
  private head: number;
  private sending: boolean;
  private sequence: number;

  constructor(process: Process, client: ApiClient) {
    this.process = process;
    this.client = client;
    this.correlator = new EventCorrelator();
    this.sendKind = process.engine.register(`${client.caller.name}: event sender`, () => this.sendNext(), 'queue');
    this.names = new Map();
    this.queue = [];
    this.head = 0;
    this.sending = false;
    this.sequence = 0;
  }

  event(regarding: ApiObject, type: EventType, reason: string, message: string): void {
    if (this.queue.length - this.head >= QUEUE_MAX) return;
    this.queue.push({ regarding, type, reason, message });
    if (this.sending) return;
    this.sending = true;
    this.process.engine.scheduleAs(true, 0, this.sendKind);
  }

  answered(_call: Call): void {
    this.sendNext();
  }

  private sendNext(): void {
    while (this.head < this.queue.length) {
      const event = this.queue[this.head++]!;
      if (this.send(event)) return;
    }
    this.queue = [];
    this.head = 0;
    this.sending = false;
  }

  /** Sends an event unless the correlator drops it; tells whether it did. */
  private send(event: QueuedEvent): boolean {
    const { regarding, type, reason, message } = event;
    const object = `${regarding.kind.id}/${regarding.id}`;
    const similar = `${object}\n${type}\n${reason}`;
    const correlation = this.correlator.correlate(object, `${type}\n${reason}`, message, this.process.engine.nowNs);
    if (correlation === 'drop') return false;
    const call = correlation === 'create' ? this.post(event, similar) : this.countUp(regarding, similar);
    call.answerTo = this;
    return true;
  }

  private post(event: QueuedEvent, similar: string): Call {
    const { regarding, type, reason, message } = event;
    const namespace = regarding.metadata.namespace === '' ? 'default' : regarding.metadata.namespace;
    const name = `${regarding.metadata.name}.${this.client.caller.name}.${(this.sequence++).toString(16)}`;
    this.names.set(similar, name);
    if (this.names.size > QUEUE_MAX) this.names.delete(this.names.keys().next().value!);
    const involvedObject = { kind: regarding.kind.name, namespace, name: regarding.metadata.name };
    const extra = { type, reason, message, count: 1, involvedObject, source: { component: this.client.caller.name } };
    return this.client.create(draft(EVENT, new ObjectMeta({ namespace, name }), undefined, undefined, extra));
  }

  private countUp(regarding: ApiObject, similar: string): Call {
    const namespace = regarding.metadata.namespace === '' ? 'default' : regarding.metadata.namespace;
    return this.client.patchNamed(EVENT, namespace, this.names.get(similar) ?? '', COUNT_UP);
  }
}
