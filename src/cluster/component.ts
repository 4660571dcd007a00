import { assert, type Engine, type EventKind } from '../engine/index.js';
import type { Suspension } from '../engine/suspension.js';
import { leaderIndex } from './leader-index.js';
import type { Program } from './program.js';

/** How the lives of a component are made. */
export interface ComponentPlan {
  /** Name of its processes, and of the lease of which only one holder works. */
  readonly name: string;
  readonly replicas: number;
  /** Whether a replica that does not lead has its caches filled already (kube-scheduler does, controllers do not). */
  readonly warm: boolean;
  /** A new process of the replica of that number. */
  program(index: number): Program;
  /** Puts the parts into a process; returns what makes them work. */
  furnish(program: Program): () => void;
}

/** One replica while it lives. */
interface Life {
  readonly program: Program;
  /** Kinds of events that are its own, as ranges. */
  readonly kinds: [from: EventKind, to: EventKind][];
  working: boolean;
  /** While it is stopped. */
  suspension: Suspension | undefined;
}

/**
 * A component of the control plane of which one replica at a time works: its replicas through their lives. A killed one
 * loses all it knew and all it was about to do. A new life is a new process, which has to wait until the lease of the old
 * one has run out (client-go tools/leaderelection; kubernetes-facts C).
 */
export class Component {
  readonly plan: ComponentPlan;
  private readonly engine: Engine;
  private readonly lives: (Life | undefined)[];
  /** Parts that came to the plan later. */
  private readonly additions: ((program: Program) => void)[];
  private births: number;
  private started: boolean;
  /** By how much the clock of each replica's machine is ahead, ns; 0 where nothing stands. */
  private readonly skews: number[];

  constructor(engine: Engine, plan: ComponentPlan) {
    this.engine = engine;
    this.plan = plan;
    this.lives = [];
    this.additions = [];
    this.births = 0;
    this.skews = [];
    this.started = false;
    for (let index = 0; index < plan.replicas; index++) this.bear(index);
  }

  /** How many there are, dead or alive. */
  get replicas(): number {
    return this.plan.replicas;
  }

  /** The replica that leads; -1: none at the moment. */
  get leaderIndex(): number {
    return leaderIndex(this.lives);
  }

  /** The process of a replica; undefined while it is dead. */
  programOf(index: number): Program | undefined {
    return this.lives[index]?.program;
  }

  /** The processes that are alive. */
  get programs(): Program[] {
    return this.lives.flatMap((life) => life?.program ?? []);
  }

  /** Whether one of those that are alive and awake works, and all of them have their first lists. */
  get ready(): boolean {
    const awake = this.lives.filter((life) => life !== undefined && life.suspension === undefined);
    return awake.every((life) => life!.program.synced) && (awake.length === 0 || awake.some((life) => life!.working));
  }

  /** Puts another part into every process that works or will. */
  add(addition: (program: Program) => void): void {
    this.additions.push(addition);
    for (const life of this.lives) {
      if (life?.working !== true) continue;
      const from = this.engine.kindCount;
      addition(life.program);
      life.kinds.push([from, this.engine.kindCount]);
    }
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

  /** Its work takes `factor` times as long; that of a later life does not. */
  slow(index: number, factor: number): void {
    this.programOf(index)?.process.slow(factor);
  }

  /** The clock of its machine is so much ahead, ns. */
  setClock(index: number, skewNs: number): void {
    this.skews[index] = skewNs;
    const program = this.programOf(index);
    if (program !== undefined) program.process.skewNs = skewNs;
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

  /** A new process of a replica begins, unless there is one. */
  restart(index: number): void {
    assert(index < this.plan.replicas, `there is no replica ${index} of ${this.plan.name}`);
    if (this.lives[index] !== undefined) return;
    this.bear(index);
    if (this.started) this.lives[index]!.program.start();
  }

  private bear(index: number): void {
    const { plan, engine } = this;
    const from = engine.kindCount;
    const program = plan.program(index);
    program.process.skewNs = this.skews[index] ?? 0;
    const life: Life = { program, kinds: [], working: false, suspension: undefined };
    this.lives[index] = life;
    if (this.births++ === 0 && plan.replicas === 1) {
      // Whoever never had a rival writes its lease without looking first.
      program.lead(() => this.quit(index));
      this.work(life, this.furnish(program));
    } else this.contend(life, index, `${plan.name}-${index}_${this.births}`);
    life.kinds.push([from, engine.kindCount]);
  }

  private contend(life: Life, index: number, identity: string): void {
    const { plan, engine } = this;
    const { program } = life;
    const begin = plan.warm ? this.furnish(program) : undefined;
    const elected = (): void => {
      if (begin !== undefined) {
        this.work(life, begin);
        return;
      }
      const from = engine.kindCount;
      this.work(life, this.furnish(program));
      life.kinds.push([from, engine.kindCount]);
      program.startInformers();
    };
    program.contend(plan.name, elected, identity, () => this.quit(index));
  }

  /** A leader that could not renew its lease ends, lest two work, and is started again (cmd/…/app: "leaderelection lost"). */
  private quit(index: number): void {
    this.engine.become(false);
    this.kill(index);
    this.restart(index);
    this.engine.become(true);
  }

  private furnish(program: Program): () => void {
    const begin = this.plan.furnish(program);
    for (const addition of this.additions) addition(program);
    return begin;
  }

  private work(life: Life, begin: () => void): void {
    life.working = true;
    begin();
  }
}
