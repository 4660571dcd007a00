import { assert, type Engine, type EventKind } from '../engine/index.js';
import type { Suspension } from '../engine/suspension.js';
import type { Program } from './program.js';

/** One process while it lives. */
export interface Life {
  readonly program: Program;
  /** Kinds of events that are its own, as ranges. */
  readonly kinds: [from: EventKind, to: EventKind][];
  /** While it is stopped. */
  suspension: Suspension | undefined;
}

/**
 * The processes of a program in some copies, through their lives. A killed one loses all it knew and all it was about to
 * do; a new life is a new process.
 */
export abstract class Replicas<L extends Life> {
  protected readonly engine: Engine;
  /** Undefined where one is dead. */
  protected readonly lives: (L | undefined)[];
  protected started: boolean;
  /** By how much the clock of each one's machine is ahead, ns; 0 where nothing stands. */
  private readonly skews: number[];

  constructor(engine: Engine, count: number) {
    this.engine = engine;
    this.lives = new Array<L | undefined>(count).fill(undefined);
    this.started = false;
    this.skews = [];
  }

  /** Begins a life of a replica that has none, and keeps it in `lives`. */
  protected abstract bear(index: number): void;

  /** How many there are, dead or alive. */
  get replicas(): number {
    return this.lives.length;
  }

  /**
   * The replica that has the lease; -1: none, at the moment or ever. One that stands still may believe so while another has
   * taken over: it is the leader only if there is no other.
   */
  get leaderIndex(): number {
    const awake = this.lives.findIndex((life) => life?.program.leads === true && life.suspension === undefined);
    return awake >= 0 ? awake : this.lives.findIndex((life) => life?.program.leads === true);
  }

  /** The process of a replica; undefined while it is dead. */
  programOf(index: number): Program | undefined {
    return this.lives[index]?.program;
  }

  /** The processes that are alive. */
  get programs(): Program[] {
    return this.lives.flatMap((life) => life?.program ?? []);
  }

  /** Whether those that are alive and not stopped have their first lists, and one of them, if there is any, does what counts. */
  protected haveOne(doing: (life: L) => boolean): boolean {
    const awake = this.lives.filter((life) => life !== undefined && life.suspension === undefined) as L[];
    return awake.every(({ program }) => program.synced) && (awake.length === 0 || awake.some(doing));
  }

  start(): void {
    this.started = true;
    for (const program of this.programs) program.start();
  }

  /** SIGKILL; nothing happens to a replica that is dead already. */
  kill(index: number): void {
    const life = this.lives[index];
    if (life === undefined) return;
    this.lives[index] = undefined;
    if (life.suspension !== undefined) life.program.process.goOn();
    life.suspension?.drop();
    life.program.die();
    for (const [from, to] of life.kinds) this.engine.retire(from, to);
  }

  /** A new process of a replica begins, unless there is one. */
  restart(index: number): void {
    assert(index < this.replicas, `there is no replica ${index}`);
    if (this.lives[index] !== undefined) return;
    this.bear(index);
    if (this.started) this.lives[index]!.program.start();
  }

  /** Its work takes `factor` times as long; that of a later life does not. */
  slow(index: number, factor: number): void {
    this.programOf(index)?.process.slow(factor);
  }

  /** The clock of its machine is so much ahead, ns; it stays so for later lives. */
  setClock(index: number, skewNs: number): void {
    this.skews[index] = skewNs;
    const program = this.programOf(index);
    if (program !== undefined) program.process.skewNs = skewNs;
  }

  /** Sets the clock of a new process. */
  protected wind(index: number, { process }: Program): void {
    process.skewNs = this.skews[index] ?? 0;
  }

  /** SIGSTOP: it does nothing, and what it waits for comes in vain until it goes on. */
  freeze(index: number): void {
    const life = this.lives[index];
    if (life === undefined || life.suspension !== undefined) return;
    life.suspension = this.engine.suspend(life.kinds);
    life.program.process.pause();
  }

  /** SIGCONT: it goes on with all that has come meanwhile. */
  thaw(index: number): void {
    const life = this.lives[index];
    if (life?.suspension === undefined) return;
    life.program.process.goOn();
    life.suspension.resume();
    life.suspension = undefined;
  }
}
