import type { Kind } from '../../../src/api/kind.js';
import type { ApiObject } from '../../../src/api/object.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import { Measurements } from '../../../src/measure/measurements.js';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from './scenario-files.js';

/** A change of the store, with the seconds since time zero. */
export interface Told<T extends ApiObject> {
  readonly at: number;
  readonly gone: boolean;
  readonly object: T;
}

/** Keeps every change that the store has made. */
class Listening extends Measurements {
  readonly events: WatchEvent[] = [];

  override committed(event: WatchEvent): void {
    super.committed(event);
    this.events.push(event);
  }
}

/** A scenario that has run, and what the store has told meanwhile. */
export class ToldRun {
  readonly summary: Summary;
  private readonly events: readonly WatchEvent[];
  private readonly timeZeroNs: number;

  /** Runs `main.yaml`, beside which there is `web.yaml` and what else is given. */
  constructor(main: string, files: Readonly<Record<string, string>> = {}) {
    const heard: Listening[] = [];
    const scenario = load({ 'main.yaml': main, 'web.yaml': WEB, ...files });
    const measurements = (kinds: readonly Kind[]): Measurements => heard[heard.push(new Listening(kinds)) - 1]!;
    const { summary, timeZeroNs } = simulate(scenario, { measurements });
    this.summary = summary;
    this.timeZeroNs = timeZeroNs;
    this.events = heard[0]!.events;
  }

  /** The changes of the objects of a kind since time zero, or of the one of a name. */
  told<T extends ApiObject>(kind: Kind, name?: string): readonly Told<T>[] {
    return this.events
      .filter(({ object }) => object.kind === kind && (name === undefined || object.metadata.name === name))
      .map(({ object, type, committedNs }) => {
        return { at: (committedNs - this.timeZeroNs) / 1e9, gone: type === 'DELETED', object: object as T };
      })
      .filter(({ at }) => at >= 0);
  }
}
