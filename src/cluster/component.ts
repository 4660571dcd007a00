import type { Engine, EventKind } from '../engine/index.js';
import type { Program } from './program.js';

/** Makes a life of a component: `first` ones are there when the cluster comes up. */
export type Birth = (identity: string, first: boolean) => Program;

/**
 * One replica of a component through its lives. A killed one loses everything it knew and all it was about to do; a new
 * life is a new program, which has to get the lease that the old one still holds (client-go tools/leaderelection).
 */
export class Component {
  private readonly engine: Engine;
  private readonly name: string;
  private readonly birth: Birth;
  private program: Program | undefined;
  private readonly bornKind: EventKind;
  /** The kinds of events that the living program has registered. */
  private kindsFrom: EventKind;
  private kindsTo: EventKind;
  private lives: number;

  constructor(engine: Engine, name: string, birth: Birth, bornKind: EventKind) {
    this.engine = engine;
    this.name = name;
    this.birth = birth;
    this.program = undefined;
    this.bornKind = bornKind;
    this.kindsFrom = 0;
    this.kindsTo = 0;
    this.lives = 0;
  }
}
