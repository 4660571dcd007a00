import { type Kind, POD } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { Pod } from '../../api/pod.js';
import type { WatchEventType } from '../../api/watch.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import type { Store } from '../store.js';
import type { MeshCopy } from './mesh-copy.js';

/** One change as programs tell it to each other. */
export interface Message {
  readonly type: WatchEventType;
  readonly object: ApiObject;
  /** Lamport's clock and the teller's number as one: of two changes of an object the one with the larger wins. */
  readonly version: number;
  readonly chore: boolean;
}

/** What the mesh came to. */
export interface MeshCount {
  /** Programs, every kubelet one of them. */
  readonly programs: number;
  readonly links: number;
  readonly messages: number;
  readonly lost: number;
  /** Objects of which some program has another version than the newest, or none, or one that is gone. */
  readonly disagreements: number;
}

/** What a mesh is made of. */
export interface MeshParts {
  readonly engine: Engine;
  /** Sees every change at once: nobody acts on it, it is there to be measured. */
  readonly observer: Store;
  /** One way between two programs. */
  readonly delay: Distribution;
  /** The share of messages that never arrive. */
  readonly loss: number;
  readonly stream: Stream;
  /** Machines whose kubelets are one program here: each has a link of its own. */
  readonly machines: () => number;
}

/**
 * In place of a hub: every program has a copy of the truth and tells every other program each change that it makes, once.
 * n programs have n·(n−1)/2 links, and a message that is lost is never missed by anybody.
 */
export class Mesh {
  private readonly parts: MeshParts;
  private readonly arrivedKind: EventKind;
  private readonly copies: MeshCopy[];
  private readonly waiting: (Message | undefined)[];
  private readonly free: number[];
  /** Nothing overtakes on a link. */
  private readonly lastArrivalNs: Map<number, number>;
  private messages: number;
  private lost: number;

  constructor(parts: MeshParts) {
    this.parts = parts;
    this.arrivedKind = parts.engine.register('mesh: message', (copy, row) => this.arrive(copy, row), 'wire');
    this.copies = [];
    this.waiting = [];
    this.free = [];
    this.lastArrivalNs = new Map();
    this.messages = 0;
    this.lost = 0;
  }

  /** A program more; gives its number. The observer is number 0. */
  join(copy: MeshCopy): number {
    return this.copies.push(copy);
  }

  /** An identity that nobody else gives, as a random uid is. */
  takeId(kind: Kind): number {
    return this.parts.observer.table(kind).takeId();
  }

  /** Everybody begins with the same. */
  start(objects: Iterable<ApiObject>): void {
    for (const object of objects) for (const copy of this.copies) copy.begin(object);
  }

  /** A program tells all others. */
  tell(from: MeshCopy, message: Message): void {
    this.parts.observer.adopt(message.type, message.object);
    for (const copy of this.copies) if (copy !== from) this.send(from, copy, message);
  }

  private send(from: MeshCopy, to: MeshCopy, message: Message): void {
    const { engine, delay, stream, loss } = this.parts;
    const ears = to.machines ? Math.max(1, this.parts.machines()) : 1;
    this.messages += ears;
    // Whether the one that the change is for hears of it; what becomes of it elsewhere changes nothing but the count.
    let heard = true;
    for (let ear = 0; ear < ears && loss > 0; ear++) {
      if (stream.uniform() >= loss) continue;
      this.lost++;
      if (ear === earFor(message.object, ears)) heard = false;
    }
    if (!heard) return;
    const link = from.number * 1024 + to.number;
    const arrivalNs = Math.max(this.lastArrivalNs.get(link) ?? 0, engine.nowNs + delay.sample(stream));
    this.lastArrivalNs.set(link, arrivalNs);
    const row = this.free.pop() ?? this.waiting.length;
    this.waiting[row] = message;
    engine.scheduleAs(message.chore, arrivalNs - engine.nowNs, this.arrivedKind, to.number, row);
  }

  private arrive(number: number, row: number): void {
    const message = this.waiting[row]!;
    this.waiting[row] = undefined;
    this.free.push(row);
    this.copies[number - 1]!.hear(message);
  }

  count(objects: readonly ApiObject[]): MeshCount {
    const machines = this.parts.machines();
    const programs = this.copies.reduce((sum, copy) => sum + (copy.machines ? machines : 1), 0);
    const disagreements = this.copies.reduce((sum, copy) => sum + copy.disagreements(objects), 0);
    return {
      programs,
      links: (programs * (programs - 1)) / 2,
      messages: this.messages,
      lost: this.lost,
      disagreements,
    };
  }
}

/** Which of many machines a change is for: a pod's own; any one for what concerns all of them. */
function earFor(object: ApiObject, ears: number): number {
  if (object.kind !== POD) return 0;
  const digits = /([0-9]+)$/.exec((object as Pod).spec.nodeName)?.[1];
  return digits === undefined ? 0 : Number(digits) % ears;
}
