import type { Kind } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { ApiObject } from '../api/object.js';
import type { PodShapes } from '../api/pod-shapes.js';
import { EventRecorder } from '../client/event-recorder.js';
import type { Informer } from '../client/informer.js';
import type { Engine } from '../engine/index.js';
import type { Streams } from '../random/streams.js';
import { CustomSpoke } from '../spokes/custom/custom-spoke.js';
import { ObjectCodec } from '../spokes/custom/object-codec.js';
import { type LoadedSpoke, userOf } from './custom-spokes.js';
import type { Program } from './program.js';
import { type Life, Replicas } from './replicas.js';

/** What custom spokes are built from beside their programs. */
export interface CustomSpokeParts {
  readonly kinds: KindRegistry;
  readonly shapes: PodShapes;
  readonly streams: Streams;
}

/** One spoke of the user's in all its copies: who is killed loses its caches and its queue, and begins anew. */
export class SpokeCopies extends Replicas<Life> {
  readonly name: string;
  private readonly spoke: LoadedSpoke;
  private readonly makers: readonly (() => Program)[];
  private readonly parts: CustomSpokeParts;
  private readonly births: number[];

  /** `makers` make a new process of each copy. */
  constructor(engine: Engine, spoke: LoadedSpoke, makers: readonly (() => Program)[], parts: CustomSpokeParts) {
    super(engine, makers.length);
    this.name = spoke.definition.name;
    this.spoke = spoke;
    this.makers = makers;
    this.parts = parts;
    this.births = makers.map(() => 0);
    for (let copy = 0; copy < makers.length; copy++) this.bear(copy);
  }

  /** Whether one copy at a time works. */
  get elects(): boolean {
    return this.spoke.definition.leaderElection === true;
  }

  /** Whether those that are alive and awake have their first lists, and one of them leads if they are to elect one. */
  get ready(): boolean {
    return this.haveOne(({ program }) => !this.elects || program.leads);
  }

  protected bear(copy: number): void {
    const from = this.engine.kindCount;
    const program = this.makers[copy]!();
    this.furnish(program, ++this.births[copy]!);
    this.wind(copy, program);
    this.lives[copy] = { program, kinds: [[from, this.engine.kindCount]], suspension: undefined };
  }

  private furnish(program: Program, birth: number): void {
    const { definition, locate } = this.spoke;
    const { kinds, shapes, streams } = this.parts;
    const { process } = program;
    const client = program.client(process.name, userOf(definition.name), definition.qps, definition.burst);
    const informers = new Map<Kind, Informer<ApiObject>>();
    for (const { kind } of definition.watches) {
      const known = kinds.find(kind.apiVersion, kind.kind)!;
      informers.set(known, program.informer(known));
    }
    const links = {
      process,
      client,
      events: new EventRecorder(process, client),
      stream: streams.stream(streams.unique(`spoke/${process.name}`)),
      kinds,
      shapes,
      codec: new ObjectCodec(kinds, shapes),
      informers,
    };
    if (!definition.leaderElection) {
      new CustomSpoke(definition, links, () => true, locate);
      return;
    }
    const spoke = new CustomSpoke(definition, links, () => elector.leading, locate);
    // A new process signs with a name of its own: it has to wait until the lease of the old one has run out.
    const identity = birth === 1 ? process.name : `${process.name}_${birth}`;
    const elector = program.contend(definition.name, () => spoke.takeOver(), identity);
  }
}
