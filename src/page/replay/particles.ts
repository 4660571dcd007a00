import { Dot } from './dot.js';

/** What flies. */
export const REQUEST = 0;
export const WATCH = 1;
export const BINDING = 2;
/** Colours of the flying things, by sort. */
export const FLIGHT_COLORS = ['#ffb347', '#4fd1ff', '#7dffb2'] as const;

const MOST = 1500;
const LIFE_SECONDS = 0.75;

/** Dots on their way from one point to another, in a pool of fixed size. */
export class Particles {
  private readonly path: Float32Array;
  private readonly age: Float32Array;
  private readonly sort: Uint8Array;
  private readonly dots: readonly Dot[];
  private size: number;

  constructor() {
    this.path = new Float32Array(4 * MOST);
    this.age = new Float32Array(MOST);
    this.sort = new Uint8Array(MOST);
    this.dots = FLIGHT_COLORS.map((color) => new Dot(color, 0.9));
    this.size = 0;
  }

  /** One more, unless there are too many; `late` seconds of its way are behind it. */
  fly(sort: number, fromX: number, fromY: number, toX: number, toY: number, late: number): void {
    if (this.size === MOST) return;
    this.path.set([fromX, fromY, toX, toY], 4 * this.size);
    this.age[this.size] = late;
    this.sort[this.size++] = sort;
  }

  /** Time passes for the reader. */
  pass(seconds: number): void {
    for (let at = this.size - 1; at >= 0; at--) {
      this.age[at]! += seconds;
      if (this.age[at]! > LIFE_SECONDS) this.drop(at);
    }
  }

  clear(): void {
    this.size = 0;
  }

  draw(context: CanvasRenderingContext2D, scale: number): void {
    const { path, age, sort, dots } = this;
    dots.forEach((dot, one) => {
      dot.prepare(Math.max(1.2, scale * (one === BINDING ? 0.008 : 0.0055)));
    });
    for (let at = 0; at < this.size; at++) {
      const way = age[at]! / LIFE_SECONDS;
      const eased = way * way * (3 - 2 * way);
      const x = path[4 * at]! + (path[4 * at + 2]! - path[4 * at]!) * eased;
      const y = path[4 * at + 1]! + (path[4 * at + 3]! - path[4 * at + 1]!) * eased;
      dots[sort[at]!]!.stamp(context, x * scale, y * scale);
    }
  }

  private drop(at: number): void {
    const last = --this.size;
    this.path.copyWithin(4 * at, 4 * last, 4 * last + 4);
    this.age[at] = this.age[last]!;
    this.sort[at] = this.sort[last]!;
  }
}
