import { identityKey } from '../api/identity-key.js';
import { EVENT } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import { SeriesEventFields, Teller } from '../api/recorded-fields.js';
import type { EventKind } from '../engine/index.js';
import type { ApiClient } from './api-client.js';
import type { EventType } from './event-outbox.js';
import type { Process } from './process.js';

/** Objects whose last event is remembered, to tell a repetition from a new one. */
const REMEMBERED_MAX = 10_000;

/**
 * The recorder of the events.k8s.io API, as the scheduler uses it: each event is sent on its own, in parallel, and
 * repetitions are written twice at most (tools/events/event_broadcaster.go: the second opens a series whose count
 * is refreshed only every 30 minutes).
 */
export class SeriesEventRecorder {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly sendKind: EventKind;
  private readonly teller: Teller;
  private readonly queue: ApiObject[];
  /** How often each object was told of, by reason. */
  private readonly seenByReason: Map<string, Map<number, number>>;
  /** Of all that is remembered, in order of arrival: where, and which object; and which is the oldest. */
  private readonly homes: Map<number, number>[];
  private readonly objects: number[];
  private oldest: number;
  private sequence: number;

  constructor(process: Process, client: ApiClient) {
    this.process = process;
    this.client = client;
    this.sendKind = process.engine.register(`${client.caller.name}: event sender`, () => this.send(), 'queue');
    this.teller = new Teller(client.caller.name);
    this.queue = [];
    this.seenByReason = new Map();
    this.homes = [];
    this.objects = [];
    this.oldest = 0;
    this.sequence = 0;
  }

  event(regarding: ApiObject, type: EventType, reason: string, message: string): void {
    const object = identityKey(regarding.kind.id, regarding.id);
    const seen = this.seenFor(reason);
    const occurrence = (seen.get(object) ?? 0) + 1;
    seen.set(object, occurrence);
    if (occurrence === 1) this.remember(seen, object);
    if (occurrence > 2) return;
    const namespace = regarding.metadata.namespace === '' ? 'default' : regarding.metadata.namespace;
    const about = { kind: regarding.kind.name, namespace, name: regarding.metadata.name };
    const fields = new SeriesEventFields({ type, reason, message }, about, this.teller, this.sequence++);
    const metadata = ObjectMeta.named(namespace, fields.eventName);
    this.queue.push(draft(EVENT, metadata, undefined, undefined, fields));
    this.process.engine.scheduleAs(true, 0, this.sendKind);
  }

  private seenFor(reason: string): Map<number, number> {
    let seen = this.seenByReason.get(reason);
    if (seen === undefined) {
      seen = new Map();
      this.seenByReason.set(reason, seen);
    }
    return seen;
  }

  /** A new object takes the place of the oldest when there are too many. */
  private remember(seen: Map<number, number>, object: number): void {
    if (this.objects.length < REMEMBERED_MAX) {
      this.homes.push(seen);
      this.objects.push(object);
      return;
    }
    this.homes[this.oldest]!.delete(this.objects[this.oldest]!);
    this.homes[this.oldest] = seen;
    this.objects[this.oldest] = object;
    this.oldest = (this.oldest + 1) % REMEMBERED_MAX;
  }

  private send(): void {
    this.client.create(this.queue.shift()!);
  }
}
