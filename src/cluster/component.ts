import type { Engine } from '../engine/index.js';
import type { Program } from './program.js';
import { type Life, Replicas } from './replicas.js';

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
interface Contender extends Life {
  working: boolean;
}

/**
 * A component of the control plane of which one replica at a time works. A new life has to wait until the lease of the old
 * one has run out (client-go tools/leaderelection; kubernetes-facts C).
 */
export class Component extends Replicas<Contender> {
  readonly plan: ComponentPlan;
  /** Parts that came to the plan later. */
  private readonly additions: ((program: Program) => void)[];
  private births: number;

  constructor(engine: Engine, plan: ComponentPlan) {
    super(engine, plan.replicas);
    this.plan = plan;
    this.additions = [];
    this.births = 0;
    for (let index = 0; index < plan.replicas; index++) this.bear(index);
  }

  /** Whether one of those that are alive and awake works, and all of them have their first lists. */
  get ready(): boolean {
    return this.haveOne(({ working }) => working);
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

  protected bear(index: number): void {
    const { plan, engine } = this;
    const from = engine.kindCount;
    const program = plan.program(index);
    this.wind(index, program);
    const life: Contender = { program, kinds: [], working: false, suspension: undefined };
    this.lives[index] = life;
    if (this.births++ === 0 && plan.replicas === 1) {
      // Whoever never had a rival writes its lease without looking first.
      program.lead(() => this.quit(index));
      this.work(life, this.furnish(program));
    } else this.contend(life, index, `${plan.name}-${index}_${this.births}`);
    life.kinds.push([from, engine.kindCount]);
  }

  private contend(life: Contender, index: number, identity: string): void {
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

  private work(life: Contender, begin: () => void): void {
    life.working = true;
    begin();
  }
}
