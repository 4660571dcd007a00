import type { AnswerTaker, Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { EventKind } from '../engine/index.js';
import type { ApiClient } from './api-client.js';
import type { Process } from './process.js';

/** What one of several pollers asks for: the pods of a node. */
export interface Part {
  readonly request: { readonly nodeName: string; readonly selects: (object: ApiObject) => boolean };
  /** What is known of it, in the order of all. */
  readonly known: () => readonly ApiObject[];
}

const NOTHING: Part = { request: { nodeName: '', selects: () => false }, known: () => [] };

/** Who takes what a LIST has found of one part. */
export interface ListTaker {
  listed(part: Part | undefined, items: readonly ApiObject[]): void;
}

/**
 * What an informer has in place of a watch when it polls: a LIST of each part every so often, the parts spread evenly over
 * the period, served from the server's cache. A part that could not be read is read again at its next turn.
 */
export class Poller implements AnswerTaker {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly kind: Kind;
  private readonly everyNs: number;
  private readonly taker: ListTaker;
  private readonly dueKind: EventKind;
  /** One without limits asks for all of the kind. */
  private parts: readonly (Part | undefined)[];
  private readonly revisions: number[];

  constructor(process: Process, client: ApiClient, kind: Kind, everyNs: number, taker: ListTaker) {
    this.process = process;
    this.client = client;
    this.kind = kind;
    this.everyNs = everyNs;
    this.taker = taker;
    this.dueKind = process.engine.register(
      `${process.name}: ${kind.resource} poll`,
      (part) => this.poll(part),
      'timer',
    );
    this.parts = [undefined];
    this.revisions = [];
  }

  /** Polls in parts from the start on, as programs on many machines do that each want their own. */
  divide(parts: readonly Part[]): void {
    this.parts = parts.length === 0 ? [NOTHING] : parts;
  }

  /** One more that polls, from now on. */
  add(part: Part): void {
    this.parts = [...this.parts, part];
    this.revisions.push(0);
    this.process.engine.scheduleAs(true, 0, this.dueKind, this.parts.length - 1);
  }

  start(): void {
    const { engine } = this.process;
    const count = this.parts.length;
    for (let part = 0; part < count; part++) {
      this.revisions.push(0);
      // The first reading is work: nothing begins before it.
      engine.scheduleAs(false, Math.round((this.everyNs * part) / count), this.dueKind, part);
    }
  }

  /** Revision as of which all parts have been read; 0 before. */
  get revision(): number {
    return this.revisions.length === 0 ? 0 : Math.min(...this.revisions);
  }

  answered(call: Call): void {
    if (!call.ok) return;
    const { engine } = this.process;
    // Whatever has changed since the last reading may matter to somebody.
    if (call.revision > this.revisions[call.tag]!) engine.become(false);
    this.revisions[call.tag] = call.revision;
    this.taker.listed(this.parts[call.tag], call.items ?? []);
  }

  private poll(part: number): void {
    this.process.engine.scheduleAs(true, this.everyNs, this.dueKind, part);
    const call = this.client.listBy(this.kind, { resourceVersion: '0', ...this.parts[part]?.request });
    call.tag = part;
    call.answerTo = this;
  }
}
