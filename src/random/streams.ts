import { AleaStream, type Stream } from './stream.js';

/**
 * All random numbers of one simulation, as streams by name. A stream depends on (seed, name) alone: who else draws, and
 * in which order streams are asked for, changes nothing in it.
 */
export class Streams {
  private readonly seed: number | string;
  private readonly byName: Map<string, Stream>;
  private readonly bearers: Map<string, number>;

  constructor(seed: number | string) {
    this.seed = seed;
    this.byName = new Map();
    this.bearers = new Map();
  }

  /** The stream of a name, the same object every time. */
  stream(name: string): Stream {
    let stream = this.byName.get(name);
    if (stream === undefined) {
      stream = new AleaStream(JSON.stringify([this.seed, name]));
      this.byName.set(name, stream);
    }
    return stream;
  }

  /** A name that nobody else gets, for one of several of a name: `name` itself, then `name#2`, `name#3` … */
  unique(name: string): string {
    const bearer = (this.bearers.get(name) ?? 0) + 1;
    this.bearers.set(name, bearer);
    return bearer === 1 ? name : `${name}#${bearer}`;
  }
}
