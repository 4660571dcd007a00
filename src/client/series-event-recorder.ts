import { EVENT } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
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
  private readonly queue: ApiObject[];
  private readonly seen: Map<string, number>;
  /** The keys of `seen` in order of arrival, and which is the oldest: a Map is slow to tell. */
  private readonly keys: string[];
  private oldest: number;
  private sequence: number;

  constructor(process: Process, client: ApiClient) {
    this.process = process;
    this.client = client;
    this.sendKind = process.engine.register(`${client.caller.name}: event sender`, () => this.send(), 'queue');
    this.queue = [];
    this.seen = new Map();
    this.keys = [];
    this.oldest = 0;
    this.sequence = 0;
  }

  event(regarding: ApiObject, type: EventType, reason: string, message: string): void {
    const key = `${regarding.kind.id}/${regarding.id}\n${reason}`;
    const occurrence = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, occurrence);
    if (occurrence === 1) this.remember(key);
    if (occurrence > 2) return;
    const namespace = regarding.metadata.namespace === '' ? 'default' : regarding.metadata.namespace;
    const name = `${regarding.metadata.name}.${this.client.caller.name}.${(this.sequence++).toString(16)}`;
    const about = { kind: regarding.kind.name, namespace, name: regarding.metadata.name };
    const extra = { type, reason, note: message, regarding: about };
    this.queue.push(draft(EVENT, new ObjectMeta({ namespace, name }), undefined, undefined, extra));
    this.process.engine.scheduleAs(true, 0, this.sendKind);
  }

  /** A new key takes the place of the oldest when there are too many. */
  private remember(key: string): void {
    if (this.keys.length < REMEMBERED_MAX) {
      this.keys.push(key);
      return;
    }
    this.seen.delete(this.keys[this.oldest]!);
    this.keys[this.oldest] = key;
    this.oldest = (this.oldest + 1) % REMEMBERED_MAX;
  }

  private send(): void {
    this.client.create(this.queue.shift()!);
  }
}
