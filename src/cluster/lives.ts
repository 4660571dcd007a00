import type { Engine, EventKind } from '../engine/index.js';
import type { Suspension } from '../engine/suspension.js';
import { leaderIndex } from './leader-index.js';
import type { Program } from './program.js';

/** One process while it lives. */
interface Life {
  readonly program: Program;
  /** Its kinds of events. */
  readonly kinds: readonly [from: EventKind, to: EventKind];
  /** While it is stopped. */
  suspension: Suspension | undefined;
}

/** The processes of a program in some copies, through their lives. A killed one loses all it knew and all it was about to do. */
export class Lives {
  private readonly engine: Engine;
  private readonly bear: (copy: number, birth: number) => Program;
  private readonly lives: (Life | undefined)[];
  private readonly births: number[];
  private started: boolean;
  /** By how much the clock of each copy's machine is ahead, ns; 0 where nothing stands. */
  private readonly skews: number[];

  /** `bear` makes a new process of a copy; the first birth is 1. */
  constructor(engine: Engine, copies: number, bear: (copy: number, birth: number) => Program) {
    this.engine = engine;
    this.bear = bear;
    this.skews = [];
    this.births = new Array<number>(copies).fill(0);
    this.lives = this.births.map((_, copy) => this.life(copy));
    this.started = false;
  }

  /** How many there are, dead or alive. */
  get replicas(): number {
    return this.lives.length;
  }

  /** The copy that leads; -1: none, at the moment or ever. */
  get leaderIndex(): number {
    return leaderIndex(this.lives);
  }

  /** The process of a copy; undefined while it is dead. */
  programOf(copy: number): Program | undefined {
    return this.lives[copy]?.program;
  }

  /** Those that are alive. */
  get programs(): Program[] {
    return this.lives.flatMap((life) => life?.program ?? []);
  }

  /** Whether those that are alive and awake have their first lists, and one of them leads if they are to elect one. */
  ready(elects: boolean): boolean {
    const awake = this.lives.filter((life) => life !== undefined && life.suspension === undefined);
    if (!awake.every((life) => life!.program.synced)) return false;
    return !elects || awake.length === 0 || awake.some((life) => life!.program.leads);
  }

  start(): void {
    this.started = true;
    for (const program of this.programs) program.start();
  }

  /** SIGKILL; nothing happens to one that is dead already. */
  kill(copy: number): void {
    const life = this.lives[copy];
    if (life === undefined) return;
    this.lives[copy] = undefined;
    if (life.suspension !== undefined) life.program.process.goOn();
    life.suspension?.drop();
    life.program.die();
    this.engine.retire(...life.kinds);
  }

  /** A new process begins, unless there is one. */
  restart(copy: number): void {
    if (this.lives[copy] !== undefined) return;
    this.lives[copy] = this.life(copy);
    if (this.started) this.lives[copy].program.start();
  }

  /** The clock of its machine is so much ahead, ns. */
  setClock(copy: number, skewNs: number): void {
    this.skews[copy] = skewNs;
    const program = this.programOf(copy);
    if (program !== undefined) program.process.skewNs = skewNs;
  }

  /** Its work takes `factor` times as long; that of a later life does not. */
  slow(copy: number, factor: number): void {
    this.programOf(copy)?.process.slow(factor);
  }

  /** SIGSTOP: it does nothing, and what it waits for comes in vain until it goes on. */
  freeze(copy: number): void {
    const life = this.lives[copy];
    if (life === undefined || life.suspension !== undefined) return;
    life.suspension = this.engine.suspend([life.kinds]);
    life.program.process.pause();
  }

  /** SIGCONT: it goes on with all that has come meanwhile. */
  thaw(copy: number): void {
    const life = this.lives[copy];
    if (life?.suspension === undefined) return;
    life.program.process.goOn();
    life.suspension.resume();
    life.suspension = undefined;
  }

  private life(copy: number): Life {
    const from = this.engine.kindCount;
    const program = this.bear(copy, ++this.births[copy]!);
    program.process.skewNs = this.skews[copy] ?? 0;
    return { program, kinds: [from, this.engine.kindCount], suspension: undefined };
  }
}
