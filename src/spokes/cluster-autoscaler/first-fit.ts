import type { PodShape } from '../../api/pod-shape.js';
import type { FreeRoom } from './free-room.js';

/** Puts pods into the first of some rooms that takes them, and takes none out: a room that refused one refuses all like it. */
export class FirstFit {
  /** More may be added at the end. */
  readonly rooms: FreeRoom[];
  /** How many rooms have refused pods of a shape. */
  private readonly full: Map<PodShape, number>;

  constructor(rooms: readonly FreeRoom[]) {
    this.rooms = [...rooms];
    this.full = new Map();
  }

  /** Whether there was room. */
  place(shape: PodShape): boolean {
    let index = this.full.get(shape) ?? 0;
    while (index < this.rooms.length && !this.rooms[index]!.place(shape)) index++;
    this.full.set(shape, index);
    return index < this.rooms.length;
  }
}
