import { nextAttemptNs, RETRANSMISSION } from '../../api/next-attempt.js';
import type { Engine, EventHandle, EventKind } from '../../engine/index.js';

/** An API server's connection to etcd on which nothing came for so long is asked for a sign of life (factory/etcd3.go keepaliveTime). */
const KEEPALIVE_NS = 30e9;
/** It is lost when none comes within this (keepaliveTimeout). */
const KEEPALIVE_TIMEOUT_NS = 10e9;

/** What an API server has asked and its member does not hear. */
export interface Kept {
  readonly row: number;
  readonly read: boolean;
}

/** Who is told what becomes of a connection. */
export interface SilenceOwner {
  /** Number of the member it is connected to. */
  readonly memberIndex: number;
  /** The connection is lost, with what was kept. */
  silenceLost(kept: readonly Kept[]): void;
  /** What was kept gets through. */
  silenceOver(kept: readonly Kept[]): void;
}

/** The members that do not answer one API server. Made only when one does not. */
export class EtcdSilence {
  private readonly engine: Engine;
  private readonly owner: SilenceOwner;
  private readonly lostKind: EventKind;
  private readonly throughKind: EventKind;
  /** By member, for how many reasons; 0: it has ended, and the next packet gets through. */
  private readonly reasons: Map<number, number>;
  private readonly sinceNs: Map<number, number>;
  private kept: Kept[];
  private down: boolean;
  private lostHandle: EventHandle | undefined;

  constructor(engine: Engine, name: string, owner: SilenceOwner) {
    this.engine = engine;
    this.owner = owner;
    this.lostKind = engine.register(`${name}: etcd gives no sign of life`, () => this.lost(), 'timer');
    this.throughKind = engine.register(`${name}: packets get through`, (member) => this.through(member), 'wire');
    this.reasons = new Map();
    this.sinceNs = new Map();
    this.kept = [];
    this.down = false;
    this.lostHandle = undefined;
  }

  /** Whether a member does not answer. */
  of(member: number): boolean {
    return this.reasons.has(member);
  }

  begin(member: number): void {
    const { engine, reasons } = this;
    const before = reasons.get(member);
    reasons.set(member, (before ?? 0) + 1);
    if (before !== undefined) return;
    this.sinceNs.set(member, engine.nowNs);
    if (member !== this.owner.memberIndex) return;
    this.lostHandle = engine.scheduleAs(true, KEEPALIVE_NS + KEEPALIVE_TIMEOUT_NS, this.lostKind);
  }

  /** `atOnce`: its kernel has acknowledged all, and nothing has to be sent again. */
  end(member: number, atOnce: boolean): void {
    const { engine } = this;
    const left = this.reasons.get(member)! - 1;
    this.reasons.set(member, left);
    if (left > 0) return;
    const wait = atOnce || this.down || member !== this.owner.memberIndex;
    const throughNs = wait ? engine.nowNs : nextAttemptNs(this.sinceNs.get(member)!, engine.nowNs, RETRANSMISSION);
    engine.schedule(throughNs - engine.nowNs, this.throughKind, member);
  }

  /** Keeps what was asked; false if there is no connection any more. */
  keep(row: number, read: boolean): boolean {
    if (this.down) return false;
    this.kept.push({ row, read });
    return true;
  }

  private through(member: number): void {
    if (this.reasons.get(member) !== 0) return;
    this.reasons.delete(member);
    if (member === this.owner.memberIndex) this.reconnect();
  }

  private reconnect(): void {
    if (this.lostHandle !== undefined) this.engine.cancel(this.lostHandle);
    this.lostHandle = undefined;
    this.down = false;
    const { kept } = this;
    this.kept = [];
    this.owner.silenceOver(kept);
  }

  private lost(): void {
    const { owner, kept } = this;
    this.lostHandle = undefined;
    this.kept = [];
    if (this.reasons.get(owner.memberIndex) === 0) this.reasons.delete(owner.memberIndex);
    this.engine.become(false);
    owner.silenceLost(kept);
    this.down = this.of(owner.memberIndex);
  }
}
