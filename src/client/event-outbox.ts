import type { Call } from '../api/call.js';
import { identityKey } from '../api/identity-key.js';
import { EVENT, type Kind } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import { CoreEventFields, type Involved, Teller } from '../api/recorded-fields.js';
import type { ApiClient } from './api-client.js';
import { EventCorrelator, SimilarEvents } from './event-correlator.js';

/** Events that may wait for the sender; more are dropped (record/event.go maxQueuedEvents). */
const QUEUE_MAX = 1000;

export type EventType = 'Normal' | 'Warning';

/** What an event is about. */
export type Regarding = Pick<ApiObject, 'kind' | 'id' | 'metadata'>;

/** An event until it is sent: what it is about, and what is remembered of it afterwards. */
class QueuedEvent {
  readonly regarding: Regarding;
  readonly event: SimilarEvents;
  next: QueuedEvent | undefined;

  constructor(regarding: Regarding, event: SimilarEvents) {
    this.regarding = regarding;
    this.event = event;
    this.next = undefined;
  }
}

/** One more of an event that was created before. */
class Repetition {
  readonly namespace: string;
  readonly name: string;

  constructor(namespace: string, name: string) {
    this.namespace = namespace;
    this.name = name;
  }
}

/** An event on its way: a new one, or one more of another. */
export type OutgoingEvent = ApiObject | Repetition;

/** Counts one more occurrence of an event. */
const COUNT_UP: Patch = Object.freeze({
  apply(current: ApiObject): ApiObject {
    const { kind, metadata, spec, status, extra } = current;
    const count = Number((extra as { count?: number } | undefined)?.count ?? 1) + 1;
    const fields = extra instanceof CoreEventFields ? extra.repeated() : { ...extra, count };
    return draft(kind, metadata, spec, status, fields);
  },
});

/** Sends an event through a client, that of all kubelets for one of them. */
export function sendEvent(client: ApiClient, event: OutgoingEvent, node = -1): Call {
  if (event instanceof Repetition) return client.patchNamed(EVENT, event.namespace, event.name, COUNT_UP, '', node);
  return client.create(event, node);
}

/** The events that one source has recorded and not sent yet, and what it remembers of those it has (tools/record/event.go). */
export class EventOutbox {
  private readonly teller: Teller;
  private readonly correlator: EventCorrelator;
  /** A list: most outboxes are empty most of the time, and there may be one for each node. */
  private first: QueuedEvent | undefined;
  private last: QueuedEvent | undefined;
  private waiting: number;
  /** Whether something was recorded and not all has been taken. */
  private busy: boolean;
  private sequence: number;
  /** Objects of which nothing more is recorded, while there is something left to be taken. */
  private leaving: number[];
  /** What the last event was about: several in a row tell of one pod. */
  private about: Involved;
  private aboutMetadata: Regarding['metadata'] | undefined;

  /** The events of a program, or those of its part on a host. */
  constructor(component: string, host?: string) {
    this.teller = new Teller(component, host);
    this.correlator = new EventCorrelator();
    this.first = undefined;
    this.last = undefined;
    this.waiting = 0;
    this.busy = false;
    this.sequence = 0;
    this.leaving = [];
    this.about = { kind: '', namespace: '', name: '' };
    this.aboutMetadata = undefined;
  }

  /** Keeps an event until it is taken, if there is room. */
  add(regarding: Regarding, type: EventType, reason: string, message: string): void {
    if (this.waiting === QUEUE_MAX) return;
    const queued = new QueuedEvent(regarding, new SimilarEvents(type, reason, message));
    if (this.last === undefined) this.first = queued;
    else this.last.next = queued;
    this.last = queued;
    this.waiting++;
    this.busy = true;
  }

  /** Takes out the next event that the correlator does not drop. */
  take(nowNs: number): OutgoingEvent | undefined {
    for (let queued = this.first; queued !== undefined; queued = this.first) {
      this.first = queued.next;
      if (this.first === undefined) this.last = undefined;
      this.waiting--;
      const outgoing = this.correlate(queued, nowNs);
      if (outgoing !== undefined) return outgoing;
    }
    this.busy = false;
    if (this.leaving.length > 0) {
      for (const object of this.leaving) this.correlator.forget(object);
      this.leaving = [];
    }
    return undefined;
  }

  /** Nothing is recorded of an object any more. */
  forget(kind: Kind, id: number): void {
    const object = identityKey(kind.id, id);
    if (this.busy) this.leaving.push(object);
    else this.correlator.forget(object);
  }

  private correlate({ regarding, event }: QueuedEvent, nowNs: number): OutgoingEvent | undefined {
    const { correlator } = this;
    const events = correlator.correlate(identityKey(regarding.kind.id, regarding.id), event, nowNs);
    if (correlator.seen < 0) return undefined;
    const namespace = regarding.metadata.namespace === '' ? 'default' : regarding.metadata.namespace;
    const { name } = regarding.metadata;
    if (correlator.seen > 0) return new Repetition(namespace, this.teller.nameOf(name, events.sequence));
    events.sequence = this.sequence++;
    const about = this.referenceTo(regarding, namespace);
    const fields = new CoreEventFields(event, about, this.teller, events.sequence);
    return draft(EVENT, ObjectMeta.named(namespace, fields.eventName), undefined, undefined, fields);
  }

  private referenceTo({ kind, metadata }: Regarding, namespace: string): Involved {
    if (metadata === this.aboutMetadata) return this.about;
    this.aboutMetadata = metadata;
    this.about = { kind: kind.name, namespace, name: metadata.name };
    return this.about;
  }
}
