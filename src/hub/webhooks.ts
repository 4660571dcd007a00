import type { Call } from '../api/call.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Stream } from '../random/stream.js';
import { HANDLER_DEADLINE_NS } from './call-deadlines.js';
import { concerns, type Webhook } from './webhook.js';

/** The webhooks of a cluster; which of them answer outlives any API server. */
export interface WebhookSet {
  readonly mutating: readonly Webhook[];
  readonly validating: readonly Webhook[];
  /** Of the latencies of each. */
  readonly streams: ReadonlyMap<Webhook, Stream>;
  /** Those that nobody answers for now. */
  readonly down: Set<string>;
}

/** The API server that asks. */
export interface WebhookAsker {
  /** All webhooks of a row have had their say. */
  reviewed(slot: number): void;
  /** The row is refused. */
  refuse(slot: number, code: number, reason: string): void;
  /** Whether the server is dead; the row is forgotten then. */
  outlived(slot: number): boolean;
}

/** How long one or several answers take, and whether that is the end of the request. */
interface Review {
  delayNs: number;
  refused: boolean;
}

/**
 * Asks the webhooks about a request: those that may change it one after the other, then those that may only refuse it all at
 * once (admission/plugin/webhook/mutating and validating dispatcher.go). The request keeps its seats meanwhile.
 */
export class Webhooks {
  private readonly engine: Engine;
  private readonly set: WebhookSet;
  private readonly asker: WebhookAsker;
  private readonly calls: { get(slot: number): Call };
  private readonly answeredKind: EventKind;

  constructor(engine: Engine, set: WebhookSet, calls: { get(slot: number): Call }, asker: WebhookAsker) {
    this.engine = engine;
    this.set = set;
    this.asker = asker;
    this.calls = calls;
    this.answeredKind = engine.register(
      'admission: webhook answers',
      (slot, next, refusal) => this.answered(slot, next, refusal),
      'wire',
    );
  }

  /** Asks all that are concerned; the asker hears at once or later. */
  review(slot: number): void {
    this.ask(slot, 0);
  }

  private answered(slot: number, next: number, refusal: number): void {
    if (this.asker.outlived(slot)) return;
    if (refusal !== 0) this.asker.refuse(slot, refusal, refusal === 504 ? 'Timeout' : 'InternalError');
    else this.ask(slot, next);
  }

  /** Asks the mutating webhook of a number or the next that is concerned, and after the last the validating ones. */
  private ask(slot: number, from: number): void {
    const { mutating, validating } = this.set;
    const call = this.calls.get(slot);
    for (let i = from; i < mutating.length; i++) {
      if (!concerns(mutating[i]!, call)) continue;
      this.wait(slot, call, this.reviewBy(mutating[i]!), i + 1);
      return;
    }
    const asked = from > mutating.length ? [] : validating.filter((webhook) => concerns(webhook, call));
    if (asked.length === 0) {
      this.asker.reviewed(slot);
      return;
    }
    const all: Review = { delayNs: 0, refused: false };
    for (const { delayNs, refused } of asked.map((webhook) => this.reviewBy(webhook))) {
      all.delayNs = Math.max(all.delayNs, delayNs);
      all.refused ||= refused;
    }
    this.wait(slot, call, all, mutating.length + 1);
  }

  /** Who is down does not answer, so that the request waits for the whole timeout. */
  private reviewBy(webhook: Webhook): Review {
    const latencyNs = webhook.latency.sample(this.set.streams.get(webhook)!);
    const answers = !this.set.down.has(webhook.name) && latencyNs < webhook.timeoutNs;
    if (answers) return { delayNs: latencyNs, refused: false };
    return { delayNs: webhook.timeoutNs, refused: webhook.failurePolicy === 'Fail' };
  }

  private wait(slot: number, call: Call, { delayNs, refused }: Review, next: number): void {
    const { engine } = this;
    const leftNs = call.seatedNs + HANDLER_DEADLINE_NS - engine.nowNs;
    const refusal = delayNs >= leftNs ? 504 : refused ? 500 : 0;
    engine.scheduleAs(call.chore, Math.max(0, Math.min(delayNs, leftNs)), this.answeredKind, slot, next, refusal);
  }
}
